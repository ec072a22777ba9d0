package dev.promptls.prompt.text;

import java.util.Arrays;

/// How many bytes and code points come before an offset: known at marks about [#STRIDE] units
/// apart, counted from the nearest mark. Marks never split a surrogate pair.
final class Widths {
  private static final int STRIDE = 512;

  private final String text;
  private final int[] marks;
  private final int[] bytes;
  private final int[] points;

  private Widths(String text, int[] marks, int[] bytes, int[] points) {
    this.text = text;
    this.marks = marks;
    this.bytes = bytes;
    this.points = points;
  }

  static Widths of(String text) {
    Builder builder = new Builder(text);
    builder.mark(0);
    builder.markUpTo(text.length());
    return builder.build();
  }

  /// The bytes or code points before an offset. Inside a surrogate pair: before that pair.
  int before(int offset, Encoding encoding) {
    int mark = last(marks, offset);
    return counts(encoding)[mark] + between(text, marks[mark], offset, encoding);
  }

  /// The bytes or code points from the start of a character to an offset. Inside a surrogate pair:
  /// to that pair.
  static int between(String text, int start, int end, Encoding encoding) {
    int count = 0;
    int at = start;
    while (at < end) {
      int next = at + units(text, at);
      if (next > end) {
        break;
      }
      count += width(text, at, encoding);
      at = next;
    }
    return count;
  }

  /// The offset of the character that the given count of bytes or code points lies in.
  int offset(long count, Encoding encoding) {
    int[] counts = counts(encoding);
    int mark = last(counts, (int) Math.min(count, Integer.MAX_VALUE));
    long seen = counts[mark];
    int at = marks[mark];
    while (at < text.length()) {
      seen += width(text, at, encoding);
      if (seen > count) {
        break;
      }
      at += units(text, at);
    }
    return at;
  }

  /// The widths of the text after an edit: only what lies between the marks around it is counted.
  Widths edit(Span span, int growth, String after) {
    Builder builder = new Builder(after);
    int kept = Math.max(1, lowerBound(marks, span.start()));
    for (int i = 0; i < kept; i++) {
      builder.add(marks[i], bytes[i], points[i]);
    }
    int rest = lowerBound(marks, span.end() + 1);
    if (rest == marks.length) {
      builder.markUpTo(after.length());
      return builder.build();
    }
    builder.markUpTo(marks[rest] + growth);
    builder.mark(marks[rest] + growth);
    int moreBytes = builder.lastBytes() - bytes[rest];
    int morePoints = builder.lastPoints() - points[rest];
    for (int i = rest + 1; i < marks.length; i++) {
      builder.add(marks[i] + growth, bytes[i] + moreBytes, points[i] + morePoints);
    }
    return builder.build();
  }

  private int[] counts(Encoding encoding) {
    return encoding == Encoding.UTF8 ? bytes : points;
  }

  private static int last(int[] sorted, int value) {
    int found = Arrays.binarySearch(sorted, value);
    return found >= 0 ? found : -found - 2;
  }

  /// The index of the first item that is at least `value`.
  private static int lowerBound(int[] sorted, int value) {
    int found = Arrays.binarySearch(sorted, value);
    return found >= 0 ? found : -found - 1;
  }

  private static int units(String text, int at) {
    boolean pair =
        Character.isHighSurrogate(text.charAt(at))
            && at + 1 < text.length()
            && Character.isLowSurrogate(text.charAt(at + 1));
    return pair ? 2 : 1;
  }

  private static int width(String text, int at, Encoding encoding) {
    if (encoding == Encoding.UTF32) {
      return 1;
    }
    char c = text.charAt(at);
    if (c < 0x80) {
      return 1;
    }
    if (c < 0x800) {
      return 2;
    }
    return units(text, at) == 2 ? 4 : 3;
  }

  /// Marks in order, each counted on from the last.
  private static final class Builder {
    private final String text;
    private final IntList marks = new IntList();
    private final IntList bytes = new IntList();
    private final IntList points = new IntList();
    private int lastMark;
    private int lastBytes;
    private int lastPoints;

    Builder(String text) {
      this.text = text;
    }

    void add(int mark, int bytesBefore, int pointsBefore) {
      marks.add(mark);
      bytes.add(bytesBefore);
      points.add(pointsBefore);
      lastMark = mark;
      lastBytes = bytesBefore;
      lastPoints = pointsBefore;
    }

    void mark(int offset) {
      int moreBytes = lastBytes;
      int morePoints = lastPoints;
      for (int at = lastMark; at < offset; at += units(text, at)) {
        moreBytes += width(text, at, Encoding.UTF8);
        morePoints++;
      }
      add(offset, moreBytes, morePoints);
    }

    /// Marks the way to `end`, which itself is not marked.
    void markUpTo(int end) {
      for (int next = lastMark + STRIDE; next < end; next = lastMark + STRIDE) {
        boolean inside =
            Character.isLowSurrogate(text.charAt(next))
                && Character.isHighSurrogate(text.charAt(next - 1));
        mark(inside ? next - 1 : next);
      }
    }

    int lastBytes() {
      return lastBytes;
    }

    int lastPoints() {
      return lastPoints;
    }

    Widths build() {
      return new Widths(text, marks.toArray(), bytes.toArray(), points.toArray());
    }
  }
}
