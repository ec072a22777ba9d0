package dev.promptls.prompt.text;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The lines of a text: offsets to positions and back, in logarithmic time. Lines end with `\n`,
/// `\r\n` or `\r`. Immutable; an edit gives a new index that scans only what was replaced.
public final class LineIndex {
  private final String text;
  private final int[] starts;

  /// Made when columns other than UTF-16 are first asked for. Racing threads make equal ones.
  private volatile @Nullable Widths widths;

  private LineIndex(String text, int[] starts, @Nullable Widths widths) {
    this.text = text;
    this.starts = starts;
    this.widths = widths;
  }

  public static LineIndex of(String text) {
    IntList starts = new IntList();
    starts.add(0);
    scan(text, 0, text.length(), starts);
    return new LineIndex(text, starts.toArray(), null);
  }

  public String text() {
    return text;
  }

  /// At least 1: a text that ends with a line break has an empty last line.
  public int lineCount() {
    return starts.length;
  }

  /// The line, from 0, that holds an offset.
  public int line(int offset) {
    int found = Arrays.binarySearch(starts, clamp(offset));
    return found >= 0 ? found : -found - 2;
  }

  /// Where a line begins; the end of the text for lines after the last.
  public int lineStart(int line) {
    return line >= starts.length ? text.length() : starts[Math.max(0, line)];
  }

  /// Where a line ends, before its line break.
  public int lineEnd(int line) {
    if (line >= starts.length - 1) {
      return text.length();
    }
    int start = lineStart(line);
    int end = starts[Math.max(0, line) + 1] - 1;
    boolean pair = end > start && text.charAt(end) == '\n' && text.charAt(end - 1) == '\r';
    return pair ? end - 1 : end;
  }

  /// A line without its line break.
  public Span lineSpan(int line) {
    return new Span(lineStart(line), lineEnd(line));
  }

  /// The position of an offset. An offset inside a line break or a character is moved to its start,
  /// one outside the text to the nearest end.
  public Position position(int offset, Encoding encoding) {
    int inside = clamp(offset);
    int line = line(inside);
    int start = starts[line];
    int at = Math.min(inside, lineEnd(line));
    if (encoding == Encoding.UTF16) {
      return new Position(line, at - start);
    }
    return new Position(line, widths().before(at, encoding) - widths().before(start, encoding));
  }

  /// How wide a stretch of one line is: the difference of the columns of its ends. Takes time by
  /// its length alone, so that columns of one place after the other are cheap to tell.
  public int width(int start, int end, Encoding encoding) {
    return encoding == Encoding.UTF16 ? end - start : Widths.between(text, start, end, encoding);
  }

  /// The offset of a position. A column past the end of its line means that end, a line past the
  /// last the end of the text, a column inside a character the start of that character.
  public int offset(Position position, Encoding encoding) {
    if (position.line() < 0) {
      return 0;
    }
    if (position.line() >= starts.length) {
      return text.length();
    }
    int start = starts[position.line()];
    int end = lineEnd(position.line());
    int character = Math.max(0, position.character());
    if (encoding == Encoding.UTF16) {
      return character > end - start ? end : start + character;
    }
    long target = (long) widths().before(start, encoding) + character;
    return Math.min(end, widths().offset(target, encoding));
  }

  /// The span between two positions; empty at the first if they are the wrong way round.
  public Span span(Position from, Position to, Encoding encoding) {
    int start = offset(from, encoding);
    return new Span(start, Math.max(start, offset(to, encoding)));
  }

  /// The index of the text after an edit.
  public LineIndex edit(TextEdit edit) {
    Span span = edit.span();
    String after = edit.apply(text);
    // A line break may lose or gain its other half at the borders: look one unit further.
    int from = Math.max(0, span.start() - 1);
    int to = Math.min(text.length(), span.end() + 1);
    int growth = edit.growth();
    int keptBefore = firstAbove(starts, from);
    int keptAfter = firstAbove(starts, to);
    IntList between = new IntList();
    scan(after, from, to + growth, between);
    int[] lines = new int[keptBefore + between.size() + starts.length - keptAfter];
    System.arraycopy(starts, 0, lines, 0, keptBefore);
    between.copyTo(lines, keptBefore);
    int at = keptBefore + between.size();
    for (int i = keptAfter; i < starts.length; i++) {
      lines[at++] = starts[i] + growth;
    }
    Widths old = widths;
    return new LineIndex(after, lines, old == null ? null : old.edit(span, growth, after));
  }

  private Widths widths() {
    Widths known = widths;
    if (known == null) {
      known = Widths.of(text);
      widths = known;
    }
    return known;
  }

  private int clamp(int offset) {
    return Math.clamp(offset, 0, text.length());
  }

  /// Adds the line starts that follow line breaks ending in `from` (exclusive) to `to` (inclusive).
  private static void scan(String text, int from, int to, IntList starts) {
    int feed = next(text, '\n', from, to);
    int back = next(text, '\r', from, to);
    while (feed < to || back < to) {
      if (feed < back) {
        starts.add(feed + 1);
        feed = next(text, '\n', feed + 1, to);
      } else {
        if (!text.startsWith("\n", back + 1)) {
          starts.add(back + 1);
        }
        back = next(text, '\r', back + 1, to);
      }
    }
  }

  private static int next(String text, char c, int from, int to) {
    int at = text.indexOf(c, from, to);
    return at < 0 ? to : at;
  }

  private static int firstAbove(int[] sorted, int value) {
    int found = Arrays.binarySearch(sorted, value);
    return found >= 0 ? found + 1 : -found - 1;
  }
}
