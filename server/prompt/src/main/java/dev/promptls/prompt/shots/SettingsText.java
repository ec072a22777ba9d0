package dev.promptls.prompt.shots;

import dev.promptls.prompt.render.JsonPrinter;
import dev.promptls.prompt.syntax.FrontMatter;
import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.syntax.YamlNode;
import dev.promptls.prompt.syntax.YamlText;
import dev.promptls.prompt.text.Edits;
import dev.promptls.prompt.text.LineIndex;
import dev.promptls.prompt.text.Span;
import dev.promptls.prompt.text.TextEdit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes lists and values into the settings at the head of a file, and takes them out again.
final class SettingsText {
  /// Of a value that is no text, in UTF-16 units.
  private static final int MAX_VALUE = 100_000;

  private final PromptFile file;
  private final String text;
  private final LineIndex lines;
  private final String eol;

  SettingsText(PromptFile file) {
    this.file = file;
    this.text = file.text();
    this.lines = file.lines();
    this.eol = text.contains("\r\n") ? "\r\n" : "\n";
  }

  /// A list of items under `input.default`.
  TextEdit withList(String name, List<Map<String, @Nullable Object>> items)
      throws UnwritableException {
    return with(List.of("input", "default", name), items, "");
  }

  /// A value under a key of its own.
  TextEdit withValue(String key, String value) throws UnwritableException {
    return with(List.of(key), List.of(), YamlText.inline(value, false));
  }

  private TextEdit with(List<String> path, List<Map<String, @Nullable Object>> items, String value)
      throws UnwritableException {
    FrontMatter settings = file.frontMatter();
    if (settings == null) {
      String head = "---" + eol + entry(path, 0, items, value) + "---" + eol;
      return new TextEdit(Span.at(file.body().start()), head);
    }
    YamlNode.Mapping root = settings.root();
    if (root == null || root.flow() || !settings.valid()) {
      throw new UnwritableException(
          "The front matter cannot be added to as it is; write it as one `key: value` a line.");
    }
    YamlNode.Mapping parent = root;
    int depth = 0;
    while (depth < path.size() - 1
        && parent.get(path.get(depth)) instanceof YamlNode.Mapping inner
        && !inner.entries().isEmpty()) {
      parent = inner;
      depth++;
    }
    if (parent.flow() || parent.entries().isEmpty() || parent.get(path.get(depth)) != null) {
      throw new UnwritableException(
          "There is no place for "
              + String.join(".", path)
              + " in the front matter; write "
              + String.join(".", path.subList(0, depth + 1))
              + " as a block of its own lines.");
    }
    int indent = column(parent.entries().getFirst().key().span().start());
    int at = nextLine(parent.entries().getLast().span().end());
    return new TextEdit(Span.at(at), entry(path.subList(depth, path.size()), indent, items, value));
  }

  private int column(int offset) {
    return offset - lines.lineStart(lines.line(offset));
  }

  private int nextLine(int offset) {
    int line = lines.line(offset) + 1;
    return line < lines.lineCount() ? lines.lineStart(line) : text.length();
  }

  private String entry(
      List<String> path, int indent, List<Map<String, @Nullable Object>> items, String value) {
    StringBuilder entry = new StringBuilder();
    int at = indent;
    for (String key : path) {
      entry.append(entry.isEmpty() ? "" : eol).repeat(' ', at);
      entry.append(YamlText.inline(key, false)).append(':');
      at += 2;
    }
    entry.append(value.isEmpty() ? "" : " " + value);
    for (Map<String, @Nullable Object> item : items) {
      String lead = " ".repeat(at) + "- ";
      for (Map.Entry<String, @Nullable Object> field : item.entrySet()) {
        entry.append(eol).append(lead).append(YamlText.inline(field.getKey(), false)).append(": ");
        entry.append(value(field.getValue(), at + 4));
        lead = " ".repeat(at + 2);
      }
    }
    return entry.append(eol).toString();
  }

  private String value(@Nullable Object value, int indent) {
    if (value instanceof String said) {
      return YamlText.block(said, indent, eol);
    }
    // JSON is YAML in braces and brackets.
    String json = JsonPrinter.print(value, "", MAX_VALUE);
    return json == null ? "null" : json;
  }

  /// Takes a value out, and what would be empty without it.
  @Nullable TextEdit without(String... path) {
    FrontMatter settings = file.frontMatter();
    YamlNode.Mapping parent = settings == null ? null : settings.root();
    YamlNode.Entry whole = null;
    for (int i = 0; i < path.length; i++) {
      YamlNode.Entry entry = parent == null ? null : parent.entry(path[i]);
      if (parent == null || entry == null || parent.flow()) {
        return null;
      }
      whole = whole == null || parent.entries().size() > 1 ? entry : whole;
      parent = entry.value() instanceof YamlNode.Mapping inner ? inner : null;
    }
    if (whole == null || settings == null) {
      return null;
    }
    boolean last = settings.root() != null && settings.root().entries().equals(List.of(whole));
    // Fences with nothing between them would be no front matter.
    Span all = new Span(settings.span().start(), nextLine(settings.span().end()));
    return new TextEdit(last ? all : linesOf(whole), "");
  }

  private Span linesOf(YamlNode.Entry entry) {
    int start = lines.lineStart(lines.line(entry.key().span().start()));
    return new Span(start, nextLine(entry.span().end()));
  }

  /// The text after the edits that are some.
  static String apply(String text, List<@Nullable TextEdit> edits) {
    List<TextEdit> given = new ArrayList<>();
    for (TextEdit edit : edits) {
      if (edit != null) {
        given.add(edit);
      }
    }
    return Edits.apply(text, given);
  }
}
