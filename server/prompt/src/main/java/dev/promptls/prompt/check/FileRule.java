package dev.promptls.prompt.check;

import java.util.List;

/// A rule that looks at all of a file, and so runs again after each edit. It may go over the file's
/// tags, messages and examples, but not over its text.
non-sealed interface FileRule extends Rule {
  /// What is wrong with a file, in any order.
  List<Finding> check(Subject subject);
}
