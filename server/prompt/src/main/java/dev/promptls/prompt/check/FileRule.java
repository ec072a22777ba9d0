package dev.promptls.prompt.check;

import java.util.List;

/// A rule that looks at all of a file, and so runs again after each edit. It may go over the file's
/// tags, messages and examples, but not over its text.
non-sealed interface FileRule extends Rule {
  /// Whether the findings depend on the front matter alone, so that they stay while it does.
  default boolean settingsOnly() {
    return false;
  }

  /// What is wrong with a file, in any order.
  List<Finding> check(Subject subject);
}
