package dev.promptls.prompt.syntax;

import dev.promptls.prompt.text.LineIndex;
import dev.promptls.prompt.text.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads prompts of GitHub Models: a YAML file with `messages`.
final class GithubReader implements FormatReader {
  /// In UTF-16 units.
  private static final int MAX_LENGTH = 16 << 20;

  /// A key `messages` at the margin with a list below it.
  private static final Pattern MESSAGES =
      Pattern.compile("(?m)^messages:[ \\t]*\\R[ \\t]*-[ \\t]+(?:role|content):");

  private static final Set<String> ROLES = Set.of("system", "user", "assistant");

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
    String text = lines.text();
    Span whole = new Span(text.startsWith("\uFEFF") ? 1 : 0, text.length());
    YamlReader.Result yaml = YamlReader.read(text, whole, MAX_LENGTH);
    YamlNode.Mapping root = yaml.root() instanceof YamlNode.Mapping mapping ? mapping : null;
    FrontMatter settings = new FrontMatter(whole, whole, root, yaml.problems().isEmpty());
    List<MessageNode> messages = messages(text, settings.at("messages"));
    GithubInputs inputs = GithubInputs.read(text, settings, messages);
    return new PromptFile(
        name,
        format(),
        lines,
        settings,
        whole,
        whole,
        messages,
        List.of(),
        inputs.uses(),
        inputs.declared(),
        yaml.problems());
  }

  private static List<MessageNode> messages(String text, @Nullable YamlNode list) {
    List<MessageNode> messages = new ArrayList<>();
    if (list instanceof YamlNode.Sequence sequence) {
      for (YamlNode item : sequence.items()) {
        if (item.get("content") instanceof YamlNode.Scalar content) {
          messages.add(message(text, item, content));
        }
      }
    }
    return messages;
  }

  private static MessageNode message(String text, YamlNode item, YamlNode.Scalar content) {
    YamlNode role = item.get("role");
    String named = role == null ? null : role.string();
    return new MessageNode(
        named == null ? "user" : speaker(named),
        named == null || role == null ? null : role.span(),
        item.span(),
        content.span(),
        coding(text, content),
        0);
  }

  private static @Nullable Decoded coding(String text, YamlNode.Scalar content) {
    boolean itself = content.plain() && content.text().equals(content.span().of(text));
    return itself ? null : ScalarCoding.of(text, content);
  }

  /// The reference (gh-models) takes the roles in any case.
  private static String speaker(String role) {
    String lower = role.toLowerCase(Locale.ROOT);
    return ROLES.contains(lower) ? lower : role;
  }
}
