package dev.promptls.prompt.syntax;

import dev.promptls.prompt.text.LineIndex;
import dev.promptls.prompt.text.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Reads prompts of GitHub Models: a YAML file with `messages`.
final class GithubReader implements FormatReader {
  /// In UTF-16 units.
  private static final int MAX_LENGTH = 16 << 20;

  /// A key `messages` at the margin with a list below it.
  private static final Pattern MESSAGES =
      Pattern.compile("(?m)^messages:[ \\t]*\\R[ \\t]*-[ \\t]+(?:role|content):");

  @Override
  public Format format() {
    return Format.GITHUB;
  }

  @Override
  public boolean claimsContent(String name, String text) {
    boolean open = name.endsWith(".prompt") || name.endsWith(".yml") || name.endsWith(".yaml");
    return open && MESSAGES.matcher(text).find();
  }

  @Override
  public boolean claimsName(String name) {
    return name.endsWith(".prompt.yml") || name.endsWith(".prompt.yaml");
  }

  @Override
  public PromptFile read(String name, LineIndex lines) {
    Span whole = new Span(0, lines.text().length());
    YamlReader.Result yaml = YamlReader.read(lines.text(), whole, MAX_LENGTH);
    YamlNode.Mapping root = yaml.root() instanceof YamlNode.Mapping mapping ? mapping : null;
    FrontMatter settings = new FrontMatter(whole, whole, root, yaml.problems().isEmpty());
    List<MessageNode> messages = new ArrayList<>();
    if (root != null && root.get("messages") instanceof YamlNode.Sequence list) {
      for (YamlNode item : list.items()) {
        YamlNode role = item.get("role");
        YamlNode content = item.get("content");
        String said = content == null ? null : content.string();
        if (content != null && said != null) {
          String speaker = role == null ? null : role.string();
          messages.add(
              new MessageNode(
                  speaker == null ? "user" : speaker,
                  role == null ? null : role.span(),
                  item.span(),
                  content.span(),
                  Decoded.opaque(said, content.span().length()),
                  0));
        }
      }
    }
    FrontMatterReader.Result parts =
        new FrontMatterReader.Result(settings, whole, whole, yaml.problems());
    return WholeText.read(format(), name, lines, parts, messages);
  }
}
