package dev.promptls.prompt.syntax;

import dev.promptls.prompt.text.LineIndex;
import dev.promptls.prompt.text.Span;
import java.util.List;

/// Reads chat transcripts and training data: JSON objects, one a line or in a list, each of them a
/// conversation of its own. Which format it is, a key of the first object that can be read says.
final class JsonLinesReader implements FormatReader {
  /// So much of a file is looked at to tell its format, in UTF-16 units.
  private static final int MAX_LOOK = 1 << 20;

  /// So many records that are no objects may come before the one that tells.
  private static final int MAX_RECORDS = 20;

  private final Format format;
  private final RecordReader records;

  JsonLinesReader(Format format, RecordReader records) {
    this.format = format;
    this.records = records;
  }

  @Override
  public Format format() {
    return format;
  }

  @Override
  public boolean claimsContent(String name, String text) {
    int start = 0;
    while (start < text.length()
        && (Character.isWhitespace(text.charAt(start)) || text.charAt(start) == '\uFEFF')) {
      start++;
    }
    boolean open = start < text.length() && "{[".indexOf(text.charAt(start)) >= 0;
    if (!open || name.endsWith(".md") || name.endsWith(".yml") || name.endsWith(".yaml")) {
      return false;
    }
    boolean[] claimed = {false};
    int[] left = {MAX_RECORDS};
    String head = text.substring(0, Math.min(text.length(), MAX_LOOK));
    JsonRecords.read(
        head,
        row -> {
          boolean object = row.value() instanceof YamlNode.Mapping;
          claimed[0] = row.value() instanceof YamlNode.Mapping record && records.claims(record);
          left[0]--;
          return !claimed[0] && left[0] > 0 && (!object || row.problem() != null);
        });
    return claimed[0];
  }

  @Override
  public boolean claimsName(String name) {
    return format == Format.OPENAI && name.endsWith(".jsonl");
  }

  @Override
  public PromptFile read(String name, LineIndex lines) {
    String text = lines.text();
    RecordParts parts = new RecordParts(text);
    boolean[] claimed = {false};
    JsonRecords.read(
        text,
        row -> {
          parts.nextRow(row.problem());
          if (row.value() instanceof YamlNode.Mapping record) {
            claimed[0] |= records.claims(record);
            records.read(record, parts);
          } else {
            parts.problem("wrong-type", row.span(), "A record must be a JSON object.");
          }
          return true;
        });
    if (!claimed[0]) {
      parts.keepOnlyBrokenRecords();
    }
    Span whole = new Span(0, text.length());
    return new PromptFile(
        name,
        format,
        lines,
        null,
        whole,
        whole,
        parts.messages,
        List.of(),
        List.of(),
        List.of(),
        parts.links,
        parts.problems);
  }
}
