package dev.promptls.prompt.render;

import dev.promptls.prompt.text.Span;

/// Where a stretch of a rendered part comes from.
///
/// @param start in UTF-16 units of the part's text, inclusive
/// @param end exclusive
/// @param partial the name of the partial that `source` is in, empty for the file itself
/// @param literal whether both texts are the same, character for character
public record Origin(int start, int end, String partial, Span source, boolean literal) {
  /// The same after what comes before it in the file has grown.
  Origin shifted(int by) {
    return partial.isEmpty() ? new Origin(start, end, partial, source.shift(by), literal) : this;
  }
}
