package dev.promptls.template.mustache;

import dev.promptls.template.Range;
import java.util.List;

/// A part of a Mustache template, with its range.
public sealed interface MustacheNode {
  Range range();

  /// Template text, without what standalone tags take with them.
  record Text(String value, Range range) implements MustacheNode {}

  /// `{{path}}`, or without escaping `{{{path}}}` and `{{&path}}`.
  ///
  /// @param path the names between the dots; empty for `.`, the value at hand
  record Variable(List<String> path, boolean raw, Range range) implements MustacheNode {}

  /// `{{#path}}body{{/path}}`, or inverted with `^`.
  record Section(List<String> path, boolean inverted, List<MustacheNode> body, Range range)
      implements MustacheNode {}
}
