package dev.promptls.prompt.syntax;

import dev.promptls.prompt.text.LineIndex;
import dev.promptls.prompt.text.TextEdit;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Reads prompt files of all formats.
public final class PromptReader {
  /// In the order in which they are asked; the last takes what nobody claims.
  private static final List<FormatReader> READERS =
      List.of(
          new JsonLinesReader(Format.OPENAI, ConversationRecord.OPENAI),
          new JsonLinesReader(Format.SHAREGPT, ConversationRecord.SHAREGPT),
          new JsonLinesReader(Format.ALPACA, new InstructionRecord()),
          new PomlReader(),
          new PromptyReader(),
          new GithubReader(),
          new DotpromptReader(),
          new MarkdownReader(),
          new TextReader());

  /// In UTF-16 units, unless the first line is longer.
  private static final int HEAD = 1 << 15;

  private static final int MAX_HEAD = 1 << 20;

  private PromptReader() {}

  /// Reads a file whose format is found by content, then by name.
  public static PromptFile read(String name, String text) {
    return read(name, LineIndex.of(text), null);
  }

  /// Reads a file whose lines are known already, as after an edit.
  ///
  /// @param format null to find it by content, then by name
  public static PromptFile read(String name, LineIndex lines, @Nullable Format format) {
    return reader(name, lines.text(), format).read(name, lines);
  }

  /// Reads a file again after an edit. Gives what [#read(String, LineIndex, Format)] gives for the
  /// text after it, at the price of what the edit touched wherever the format's reader can tell.
  ///
  /// @param format as it was given when `before` was read
  public static PromptFile reread(
      PromptFile before, TextEdit edit, LineIndex after, @Nullable Format format) {
    int head = headEnd(before.text());
    boolean sameHead = head < before.text().length() && edit.span().start() > head;
    FormatReader reader = reader(before.name(), after.text(), sameHead ? before.format() : format);
    return reader.format() == before.format()
        ? reader.reread(before, edit, after)
        : reader.read(before.name(), after);
  }

  /// The format of a file.
  public static Format formatOf(String name, String text) {
    return reader(name, text, null).format();
  }

  /// Where the part of a text ends that its format is told by: always behind the first line.
  private static int headEnd(String text) {
    int line = text.indexOf('\n', 0, Math.min(text.length(), MAX_HEAD));
    int most = line < 0 ? MAX_HEAD : Math.max(line, HEAD);
    return Math.min(text.length(), most);
  }

  private static FormatReader reader(String name, String text, @Nullable Format format) {
    String base = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
    String lower = base.toLowerCase(Locale.ROOT);
    String head = text.substring(0, headEnd(text));
    for (FormatReader reader : READERS) {
      if (format == null ? reader.claimsContent(lower, head) : reader.format() == format) {
        return reader;
      }
    }
    for (FormatReader reader : READERS) {
      if (reader.claimsName(lower)) {
        return reader;
      }
    }
    return READERS.getLast();
  }
}
