package dev.promptls.prompt.syntax;

import dev.promptls.prompt.text.LineIndex;
import dev.promptls.prompt.text.Shiftable;
import dev.promptls.prompt.text.ShiftedList;
import dev.promptls.prompt.text.Span;
import dev.promptls.prompt.text.TextEdit;
import java.util.List;
import java.util.function.Function;

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
    JsonRecords.skim(
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
    RecordParts parts = new RecordParts(text, 0);
    boolean[] claimed = {false};
    JsonRecords.read(
        text,
        row -> {
          claimed[0] |= isClaimed(row);
          take(row, parts);
          return true;
        });
    if (!claimed[0]) {
      parts.keepOnlyBrokenRecords();
    }
    return file(name, lines, ShiftedList.of(parts.messages), parts.links, parts.problems);
  }

  /// Where each line is a record, only those that the edit touched are read.
  @Override
  public PromptFile reread(PromptFile before, TextEdit edit, LineIndex after) {
    String old = before.text();
    String text = after.text();
    int start = edit.span().start() == 0 ? 0 : old.lastIndexOf('\n', edit.span().start() - 1) + 1;
    int feed = old.indexOf('\n', edit.span().end());
    Span gone = new Span(start, feed < 0 ? old.length() : feed);
    Span come = new Span(start, gone.end() + edit.growth());
    boolean sameRows =
        JsonRecords.areLines(old, start)
            && JsonRecords.count(old, gone) == JsonRecords.count(text, come);
    JsonRecords.Row first = sameRows ? JsonRecords.at(text, 0) : null;
    if (first == null || !isClaimed(first)) {
      return read(before.name(), after);
    }
    RecordParts parts = new RecordParts(text, JsonRecords.count(text, new Span(0, start)));
    JsonRecords.read(
        text,
        come,
        row -> {
          take(row, parts);
          return true;
        });
    List<Problem> problems = spliced(before.problems(), Problem::span, gone, parts.problems, edit);
    if (Math.max(problems.size(), before.problems().size()) > RecordParts.MAX_PROBLEMS) {
      return read(before.name(), after);
    }
    return file(
        before.name(),
        after,
        spliced(before.messages(), MessageNode::span, gone, parts.messages, edit),
        spliced(before.links(), Link::span, gone, parts.links, edit),
        problems);
  }

  /// What stands before and behind some lines, and what stands in them now.
  private static <T extends Shiftable<T>> ShiftedList<T> spliced(
      List<T> before, Function<T, Span> span, Span gone, List<T> come, TextEdit edit) {
    ShiftedList<T> known = ShiftedList.of(before);
    int from = known.firstFrom(gone.start(), each -> span.apply(each).start());
    int to = known.firstFrom(gone.end() + 1, each -> span.apply(each).start());
    return known.splice(from, to, come, edit.growth());
  }

  private boolean isClaimed(JsonRecords.Row row) {
    return row.value() instanceof YamlNode.Mapping record && records.claims(record);
  }

  private void take(JsonRecords.Row row, RecordParts parts) {
    parts.nextRow(row.problem());
    if (row.value() instanceof YamlNode.Mapping record) {
      records.read(record, parts);
    } else {
      parts.problem("wrong-type", row.span(), "A record must be a JSON object.");
    }
  }

  private PromptFile file(
      String name,
      LineIndex lines,
      List<MessageNode> messages,
      List<Link> links,
      List<Problem> problems) {
    Span whole = new Span(0, lines.text().length());
    return new PromptFile(
        name, format, lines, null, whole, whole, messages, List.of(), List.of(), List.of(), links,
        problems);
  }
}
