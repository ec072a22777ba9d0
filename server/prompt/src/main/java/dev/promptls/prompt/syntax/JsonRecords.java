package dev.promptls.prompt.syntax;

import dev.promptls.prompt.text.Blanks;
import dev.promptls.prompt.text.Span;
import java.io.CharArrayReader;
import java.io.Reader;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The records of a file of training data: one JSON object a line, or one JSON list of them, or a
/// single one over many lines. A record with a mistake costs no other.
public final class JsonRecords {
  /// Mistakes in a list after which the rest is left alone.
  private static final int MAX_RESTARTS = 100;

  private final String text;
  private final Span whole;
  private final Predicate<String> passed;

  /// @param whole the part of the text that holds the records
  /// @param passed keys of records whose lists and objects are not read
  private JsonRecords(String text, Span whole, Predicate<String> passed) {
    this.text = text;
    this.whole = whole;
    this.passed = passed;
  }

  /// A record.
  ///
  /// @param span of what was read; of the line if nothing was
  /// @param value what could be read, null if nothing was
  /// @param problem null if it is JSON
  public record Row(Span span, @Nullable YamlNode value, @Nullable Problem problem) {}

  /// Takes records one after the other.
  interface Sink {
    /// Whether to go on.
    boolean take(Row row);
  }

  /// Reads all records.
  static void read(String text, Sink sink) {
    in(text, JsonTree::none).read(sink);
  }

  /// Reads all records as far as their own keys: lists and objects in them are null.
  static void skim(String text, Sink sink) {
    in(text, key -> true).read(sink);
  }

  private void read(Sink sink) {
    int first = skipBlanks(whole.start());
    if (first < text.length() && text.charAt(first) == '[') {
      list(first + 1, sink);
    } else if (first < text.length() && isOneObject(first)) {
      single(first, sink);
    } else {
      lines(sink);
    }
  }

  /// Reads the records of some lines of a file that has one in each.
  ///
  /// @param lines from the start of the first to before the line feed of the last
  static void read(String text, Span lines, Sink sink) {
    new JsonRecords(text, lines, JsonTree::none).lines(sink);
  }

  /// How many records stand in some lines.
  static int count(String text, Span lines) {
    int count = 0;
    for (int at = lines.start(); at < lines.end(); ) {
      int feed = text.indexOf('\n', at, lines.end());
      int end = feed < 0 ? lines.end() : feed;
      count += Blanks.isBlank(text, at, end) ? 0 : 1;
      at = end + 1;
    }
    return count;
  }

  /// Whether each line of a text is a record, whatever stands at an offset or behind it.
  static boolean areLines(String text, int offset) {
    JsonRecords records = in(text, JsonTree::none);
    int first = records.skipBlanks(records.whole.start());
    int second = first < offset ? records.skipBlanks(records.lineEnd(first)) : offset;
    return second < offset && text.charAt(first) == '{' && text.charAt(second) == '{';
  }

  private static JsonRecords in(String text, Predicate<String> passed) {
    Span whole = new Span(text.startsWith("\uFEFF") ? 1 : 0, text.length());
    return new JsonRecords(text, whole, passed);
  }

  /// The record at an index, from 0; null if there are not so many.
  public static @Nullable Row at(String text, int index) {
    return at(text, index, JsonTree::none);
  }

  /// As [#at(String, int)].
  ///
  /// @param passed keys of the record below which nobody looks: lists and objects there are null
  public static @Nullable Row at(String text, int index, Predicate<String> passed) {
    List<Row> found = new ArrayList<>();
    int[] left = {index};
    in(text, passed)
        .read(row -> {
          if (left[0]-- == 0) {
            found.add(row);
          }
          return left[0] >= 0;
        });
    return found.isEmpty() ? null : found.getFirst();
  }

  /// The value that a part of a record is, null if it is none.
  ///
  /// @param part as it was found in the record
  public static @Nullable YamlNode value(String text, Span part) {
    return new JsonRecords(text, part, JsonTree::none).alone(part).root();
  }

  /// Where the records stand.
  public static List<Span> spans(String text) {
    List<Span> spans = new ArrayList<>();
    read(text, row -> spans.add(row.span()));
    return spans;
  }

  /// Whether an object begins that goes on in the next line, so that lines are no records.
  private boolean isOneObject(int at) {
    if (text.charAt(at) != '{') {
      return false;
    }
    int lineEnd = lineEnd(at);
    int next = skipBlanks(lineEnd);
    boolean another = next < text.length() && text.charAt(next) == '{';
    return !another
        && lineEnd < text.length()
        && next < text.length()
        && alone(new Span(at, lineEnd)).problem() != null;
  }

  private void single(int at, Sink sink) {
    Span stretch = new Span(at, whole.end());
    sink.take(row(stretch, alone(stretch)));
  }

  private void lines(Sink sink) {
    int at = whole.start();
    boolean more = true;
    while (more && at < whole.end()) {
      int lineEnd = lineEnd(at);
      Span line = new Span(at, lineEnd).strip(text);
      if (!line.isEmpty()) {
        more = sink.take(row(line, alone(line)));
      }
      at = lineEnd + 1;
    }
  }

  /// Reads what must be one value.
  private JsonTree.Result alone(Span stretch) {
    return JsonTree.read(text, new StringReader(stretch.of(text)), stretch, true, passed);
  }

  private void list(int from, Sink sink) {
    char[] characters = text.toCharArray();
    int at = skipSeparators(from);
    int restarts = 0;
    boolean more = true;
    while (more && at < whole.end() && text.charAt(at) != ']' && restarts <= MAX_RESTARTS) {
      Span stretch = new Span(at, whole.end());
      Reader reader = new CharArrayReader(characters, at, stretch.length());
      JsonTree.Result result = JsonTree.read(text, reader, stretch, false, passed);
      Problem problem = result.problem();
      more = sink.take(row(new Span(at, Math.max(at, result.end())), result));
      restarts += problem == null ? 0 : 1;
      int after = problem == null ? result.end() : nextObject(problem.span().start());
      at = skipSeparators(Math.max(after, at + 1));
    }
  }

  private static Row row(Span stretch, JsonTree.Result result) {
    YamlNode root = result.root();
    Span span = root == null || result.problem() != null ? stretch : root.span();
    return new Row(span, root, result.problem());
  }

  /// Where the next line begins with an object.
  private int nextObject(int after) {
    int at = lineEnd(after) + 1;
    while (at < whole.end()) {
      int start = skipBlanks(at);
      if (start < whole.end() && text.charAt(start) == '{') {
        return start;
      }
      at = lineEnd(Math.max(at, start)) + 1;
    }
    return whole.end();
  }

  private int skipSeparators(int from) {
    int at = skipBlanks(from);
    while (at < whole.end() && text.charAt(at) == ',') {
      at = skipBlanks(at + 1);
    }
    return at;
  }

  private int skipBlanks(int from) {
    int at = from;
    while (at < whole.end() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    return at;
  }

  private int lineEnd(int from) {
    int end = text.indexOf('\n', Math.min(from, whole.end()), whole.end());
    return end < 0 ? whole.end() : end;
  }
}
