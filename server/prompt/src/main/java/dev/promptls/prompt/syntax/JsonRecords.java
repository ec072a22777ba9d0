package dev.promptls.prompt.syntax;

import dev.promptls.prompt.text.Span;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The records of a file of training data: one JSON object a line, or one JSON list of them, or a
/// single one over many lines. A record with a mistake costs no other.
public final class JsonRecords {
  /// Mistakes in a list after which the rest is left alone.
  private static final int MAX_RESTARTS = 100;

  private final String text;
  private final char[] characters;
  private final Span whole;

  private JsonRecords(String text) {
    this.text = text;
    this.characters = text.toCharArray();
    this.whole = new Span(text.startsWith("\uFEFF") ? 1 : 0, text.length());
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
    JsonRecords records = new JsonRecords(text);
    int first = records.skipBlanks(records.whole.start());
    if (first < text.length() && text.charAt(first) == '[') {
      records.list(first + 1, sink);
    } else if (first < text.length() && records.isOneObject(first)) {
      records.single(first, sink);
    } else {
      records.lines(sink);
    }
  }

  /// The record at an index, from 0; null if there are not so many.
  public static @Nullable Row at(String text, int index) {
    List<Row> found = new ArrayList<>();
    int[] left = {index};
    read(
        text,
        row -> {
          if (left[0]-- == 0) {
            found.add(row);
          }
          return left[0] >= 0;
        });
    return found.isEmpty() ? null : found.getFirst();
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
        && JsonTree.read(text, characters, new Span(at, lineEnd), true).problem() != null;
  }

  private void single(int at, Sink sink) {
    Span stretch = new Span(at, whole.end());
    sink.take(row(stretch, JsonTree.read(text, characters, stretch, true)));
  }

  private void lines(Sink sink) {
    int at = whole.start();
    boolean more = true;
    while (more && at < whole.end()) {
      int lineEnd = lineEnd(at);
      Span line = new Span(at, lineEnd).strip(text);
      if (!line.isEmpty()) {
        more = sink.take(row(line, JsonTree.read(text, characters, line, true)));
      }
      at = lineEnd + 1;
    }
  }

  private void list(int from, Sink sink) {
    int at = skipSeparators(from);
    int restarts = 0;
    boolean more = true;
    while (more && at < whole.end() && text.charAt(at) != ']' && restarts <= MAX_RESTARTS) {
      Span stretch = new Span(at, whole.end());
      JsonTree.Result result = JsonTree.read(text, characters, stretch, false);
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
    int end = text.indexOf('\n', Math.min(from, text.length()));
    return end < 0 ? whole.end() : end;
  }
}
