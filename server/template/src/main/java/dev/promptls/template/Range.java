package dev.promptls.template;

/// A stretch of a template, in UTF-16 units.
///
/// @param end exclusive
public record Range(int start, int end) {
  public Range {
    if (start < 0 || end < start) {
      throw new IllegalArgumentException("not a range: " + start + ".." + end);
    }
  }

  /// The smallest range that covers this one and another.
  public Range to(Range other) {
    return new Range(Math.min(start, other.start), Math.max(end, other.end));
  }

  public int length() {
    return end - start;
  }
}
