package dev.promptls.prompt.check;

import java.util.List;

/// A rule whose findings depend on the text of one line and the model's special tokens alone, and
/// lie in it with all their fixes.
non-sealed interface LineRule extends Rule {
  /// What is wrong with some lines: the same, in source order, as with each by itself.
  List<Finding> check(Lines lines);

  /// Whether a finding counts at its place in the file: not every line is part of the prompt.
  default boolean counts(Finding finding, Subject subject) {
    return true;
  }
}
