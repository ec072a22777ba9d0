package dev.promptls.prompt.check;

import dev.promptls.prompt.shots.Example;
import dev.promptls.prompt.syntax.PromptFile;
import java.util.List;

/// A rule whose findings depend on one few-shot example alone: its values and the text in its
/// range. They lie in that range with all their fixes.
non-sealed interface ExampleRule extends Rule {
  /// What is wrong with one example, in source order. Must not look at other parts of the file.
  List<Finding> check(Example example, PromptFile file);
}
