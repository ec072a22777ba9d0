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
    FormatReader reader = reader(before.name(), after.text(), format);
    return reader.format() == before.format()
        ? reader.reread(before, edit, after)
        : reader.read(before.name(), after);
  }

  /// The format of a file.
  public static Format formatOf(String name, String text) {
    return reader(name, text, null).format();
  }

  private static FormatReader reader(String name, String text, @Nullable Format format) {
    String base = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
    String lower = base.toLowerCase(Locale.ROOT);
    for (FormatReader reader : READERS) {
      if (format == null ? reader.claimsContent(lower, text) : reader.format() == format) {
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
