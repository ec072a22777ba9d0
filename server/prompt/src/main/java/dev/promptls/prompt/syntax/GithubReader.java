package dev.promptls.prompt.syntax;

import dev.promptls.prompt.text.LineIndex;
import dev.promptls.prompt.text.ShiftedList;
import dev.promptls.prompt.text.Span;
import dev.promptls.prompt.text.TextEdit;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

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
    String text = lines.text();
    Span whole = new Span(text.startsWith("\uFEFF") ? 1 : 0, text.length());
    YamlReader.Result yaml = YamlReader.read(text, whole, MAX_LENGTH);
    YamlNode.Mapping root = yaml.root() instanceof YamlNode.Mapping mapping ? mapping : null;
    FrontMatter settings = new FrontMatter(whole, whole, root, yaml.problems().isEmpty());
    List<MessageNode> messages = messages(text, settings.at("messages"));
    return file(name, lines, settings, messages, yaml.problems());
  }

  @Override
  public PromptFile reread(PromptFile before, TextEdit edit, LineIndex after) {
    FrontMatter known = before.frontMatter();
    FrontMatter settings =
        known == null
            ? null
            : FrontMatterReader.follow(known, edit, before.text(), after.text(), MAX_LENGTH);
    if (known == null || settings == null) {
      return read(before.name(), after);
    }
    List<MessageNode> messages = follow(before, known, settings, edit.growth(), after.text());
    return file(before.name(), after, settings, messages, List.of());
  }

  private PromptFile file(
      String name,
      LineIndex lines,
      FrontMatter settings,
      List<MessageNode> messages,
      List<Problem> mistakes) {
    GithubInputs inputs = GithubInputs.read(lines.text(), settings, messages);
    Span whole = settings.content();
    // What follows from a mistake of YAML is not told beside it.
    List<Problem> problems =
        mistakes.isEmpty() ? GithubFaults.in(lines.text(), settings) : mistakes;
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
        problems);
  }

  /// The messages after an edit: those of items that it left alone are taken over.
  private static List<MessageNode> follow(
      PromptFile before, FrontMatter known, FrontMatter now, int growth, String text) {
    if (!(known.at("messages") instanceof YamlNode.Sequence(_, List<YamlNode> old, _))
        || !(now.at("messages") instanceof YamlNode.Sequence(_, List<YamlNode> fresh, _))
        || old.size() != before.messages().size()
        || !fresh.stream().allMatch(GithubReader::isMessage)) {
      return messages(text, now.at("messages"));
    }
    ShiftedList<YamlNode> items = ShiftedList.of(fresh);
    return ShiftedList.follow(
        ShiftedList.of(old),
        ShiftedList.of(before.messages()),
        items,
        growth,
        i -> message(text, items.get(i)));
  }

  private static List<MessageNode> messages(String text, @Nullable YamlNode list) {
    List<MessageNode> messages = new ArrayList<>();
    if (list instanceof YamlNode.Sequence sequence) {
      for (YamlNode item : sequence.items()) {
        if (isMessage(item)) {
          messages.add(message(text, item));
        }
      }
    }
    return ShiftedList.of(messages);
  }

  private static boolean isMessage(YamlNode item) {
    YamlNode content = item.get("content");
    return content == null ? item.get("role") != null : content instanceof YamlNode.Scalar;
  }

  /// A message without content says nothing, as the reference has it.
  private static MessageNode message(String text, YamlNode item) {
    YamlNode role = item.get("role");
    String named = role == null ? null : role.string();
    YamlNode content = item.get("content");
    return new MessageNode(
        named == null ? "user" : GithubFaults.speaker(named),
        named == null || role == null ? null : role.span(),
        item.span(),
        content == null ? Span.at(item.span().end()) : content.span(),
        content instanceof YamlNode.Scalar scalar ? coding(text, scalar) : null,
        0);
  }

  private static @Nullable Decoded coding(String text, YamlNode.Scalar content) {
    if (content.value() == null && !content.text().isEmpty()) {
      return Decoded.opaque("", content.span().length());
    }
    boolean itself = content.plain() && content.text().equals(content.span().of(text));
    return itself ? null : ScalarCoding.of(text, content);
  }
}
