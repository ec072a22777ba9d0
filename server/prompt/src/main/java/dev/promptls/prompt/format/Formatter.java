package dev.promptls.prompt.format;

import dev.promptls.prompt.syntax.Format;
import dev.promptls.prompt.syntax.MessageNode;
import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.syntax.PromptReader;
import dev.promptls.prompt.text.Blanks;
import dev.promptls.prompt.text.Edits;
import dev.promptls.prompt.text.LineIndex;
import dev.promptls.prompt.text.Span;
import dev.promptls.prompt.text.TextEdit;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Makes the layout of prompt files uniform. Only white space changes, and only where it means
/// nothing: neither what is sent nor the settings nor a comment. Formatting twice is formatting
/// once. What has mistakes is left alone; the parts around it are not.
public final class Formatter {
  private static final Map<Format, List<Layout>> LAYOUTS = new EnumMap<>(Format.class);

  static {
    Layout front = new FrontMatterLayout();
    Layout text = new PlainBody();
    LAYOUTS.put(Format.DOTPROMPT, List.of(front, new HandlebarsLayout()));
    LAYOUTS.put(Format.PROMPTY, List.of(front, new JinjaLayout()));
    LAYOUTS.put(Format.MARKDOWN, List.of(front, text));
    LAYOUTS.put(Format.GITHUB, List.of(new YamlFileLayout()));
  }

  private Formatter() {}

  /// What formatting a whole file changes.
  public static Formatted format(PromptFile file) {
    return format(file, new Span(0, file.text().length()), true);
  }

  /// What formatting changes in the lines of a range: of the front matter whole entries, of the
  /// body whole tags.
  public static Formatted format(PromptFile file, Span range) {
    LineIndex lines = file.lines();
    int start = lines.lineStart(lines.line(range.start()));
    int end = lines.lineEnd(lines.line(range.end()));
    return format(file, new Span(start, Math.max(start, end)), false);
  }

  private static Formatted format(PromptFile file, Span range, boolean whole) {
    Gaps gaps = new Gaps(file.text());
    for (Layout layout : layouts(file)) {
      layout.lay(file, gaps);
    }
    List<TextEdit> edits = whole ? gaps.all() : gaps.in(range);
    if (edits.isEmpty() || means(file, Edits.apply(file.text(), edits))) {
      return new Formatted(edits, null);
    }
    return new Formatted(
        List.of(),
        file.name()
            + " was left as it is, because its new layout would not mean the same; please report it.");
  }

  /// Whether a text means what the file does.
  private static boolean means(PromptFile file, String text) {
    PromptFile after = PromptReader.read(file.name(), LineIndex.of(text), file.format());
    return sameButBlanks(file.text(), text)
        && file.problems().size() == after.problems().size()
        && sameMessages(file, after)
        && layouts(file).stream().allMatch(layout -> layout.keeps(file, after));
  }

  private static List<Layout> layouts(PromptFile file) {
    return LAYOUTS.getOrDefault(file.format(), List.of());
  }

  /// Messages that are written with escapes or indentation; others are compared as templates.
  private static boolean sameMessages(PromptFile a, PromptFile b) {
    if (a.messages().size() != b.messages().size()) {
      return false;
    }
    for (int i = 0; i < a.messages().size(); i++) {
      MessageNode one = a.messages().get(i);
      MessageNode other = b.messages().get(i);
      if (!one.role().equals(other.role()) || !Objects.equals(one.decoded(), other.decoded())) {
        return false;
      }
    }
    return true;
  }

  /// Whether two texts differ in nothing but white space.
  private static boolean sameButBlanks(String a, String b) {
    int i = 0;
    int j = 0;
    while (true) {
      i = skipBlanks(a, i);
      j = skipBlanks(b, j);
      if (i == a.length() || j == b.length()) {
        return i == a.length() && j == b.length();
      }
      if (a.charAt(i++) != b.charAt(j++)) {
        return false;
      }
    }
  }

  private static int skipBlanks(String text, int from) {
    int at = from;
    while (at < text.length() && Blanks.isBlank(text.charAt(at))) {
      at++;
    }
    return at;
  }
}
