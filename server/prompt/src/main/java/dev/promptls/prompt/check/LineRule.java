package dev.promptls.prompt.check;

import dev.promptls.prompt.text.Span;
import java.util.List;

/// A rule whose findings depend on the text of one line alone, and lie in it with all their fixes.
non-sealed interface LineRule extends Rule {
  /// What is wrong with one line, in source order.
  ///
  /// @param line without its line break
  List<Finding> check(String text, Span line);

  /// Whether a finding counts at its place in the file: not every line is part of the prompt.
  default boolean counts(Finding finding, Subject subject) {
    return true;
  }
}
