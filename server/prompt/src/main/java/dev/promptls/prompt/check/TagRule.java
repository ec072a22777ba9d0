package dev.promptls.prompt.check;

import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.syntax.Tag;
import java.util.List;

/// A rule whose findings depend on the text of one template tag and the file's format alone, and
/// lie in the tag with all their fixes.
non-sealed interface TagRule extends Rule {
  /// What is wrong with one tag, in source order. Must not look at the tag's match or at other
  /// parts of the file.
  List<Finding> check(Tag tag, PromptFile file);
}
