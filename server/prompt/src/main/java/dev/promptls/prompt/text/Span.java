package dev.promptls.prompt.text;

/// A stretch of a text, in UTF-16 units.
///
/// @param start inclusive
/// @param end exclusive, not before `start`
public record Span(int start, int end) implements Comparable<Span> {
  public Span {
    if (start < 0 || end < start) {
      throw new IllegalArgumentException("No span from " + start + " to " + end);
    }
  }

  /// The empty span at an offset.
  public static Span at(int offset) {
    return new Span(offset, offset);
  }

  public int length() {
    return end - start;
  }

  public boolean isEmpty() {
    return start == end;
  }

  /// Whether the character at an offset is inside.
  public boolean contains(int offset) {
    return start <= offset && offset < end;
  }

  /// Whether a cursor at an offset is inside or at a border.
  public boolean touches(int offset) {
    return start <= offset && offset <= end;
  }

  public boolean contains(Span other) {
    return start <= other.start && other.end <= end;
  }

  /// Whether both share a character.
  public boolean overlaps(Span other) {
    return start < other.end && other.start < end;
  }

  public Span shift(int by) {
    return by == 0 ? this : new Span(start + by, end + by);
  }

  /// The smallest span that holds both.
  public Span union(Span other) {
    return new Span(Math.min(start, other.start), Math.max(end, other.end));
  }

  /// This stretch of a text.
  public String of(String text) {
    return text.substring(start, end);
  }

  /// This stretch of a text without the [white space][Blanks] at its borders; empty at the start if
  /// it is nothing but white space.
  public Span strip(String text) {
    int from = start;
    int to = end;
    while (from < to && Blanks.isBlank(text.charAt(from))) {
      from++;
    }
    if (from == to) {
      return at(start);
    }
    while (Blanks.isBlank(text.charAt(to - 1))) {
      to--;
    }
    return new Span(from, to);
  }

  /// By start, then by end.
  @Override
  public int compareTo(Span other) {
    int byStart = Integer.compare(start, other.start);
    return byStart != 0 ? byStart : Integer.compare(end, other.end);
  }
}
