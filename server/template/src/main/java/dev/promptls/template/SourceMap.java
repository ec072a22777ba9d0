package dev.promptls.template;

import java.util.List;

/// For each stretch of a rendered text, the stretch of the template that made it.
///
/// @param entries in order, without gaps or overlaps in the rendered text
public record SourceMap(List<Entry> entries) {
  /// A stretch of output and its origin; offsets in UTF-16 units.
  ///
  /// @param template the name of the partial the origin is in, empty for the template itself
  /// @param literal whether the two texts are the same, character for character
  public record Entry(
      int start, int end, String template, int sourceStart, int sourceEnd, boolean literal) {}
}
