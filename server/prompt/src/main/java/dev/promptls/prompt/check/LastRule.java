package dev.promptls.prompt.check;

import java.util.List;
import java.util.Set;

/// A rule that looks at all of a file after all others have, for what they do not tell already. It
/// runs again after each edit.
non-sealed interface LastRule extends Rule {
  /// What is wrong with a file, in any order.
  ///
  /// @param told the codes of what the other rules found, switched off or not
  List<Finding> check(Subject subject, Set<String> told);
}
