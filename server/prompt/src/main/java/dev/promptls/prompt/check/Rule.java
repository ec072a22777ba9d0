package dev.promptls.prompt.check;

import dev.promptls.prompt.syntax.Problem;
import dev.promptls.prompt.syntax.PromptFile;
import java.util.List;

/// Finds one kind of mistake. To add a rule: write one, and name it in [Checks].
interface Rule {
  /// The code of its findings, in kebab case; also the name it is switched off by.
  String code();

  /// What it finds, in source order.
  List<Problem> check(PromptFile file);
}
