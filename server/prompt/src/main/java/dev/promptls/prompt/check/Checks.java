package dev.promptls.prompt.check;

import dev.promptls.prompt.syntax.Problem;
import dev.promptls.prompt.syntax.PromptFile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// All rules.
public final class Checks {
  private static final List<Rule> RULES =
      List.of(new TemplateSyntax(), new UnknownHelper(), new UnknownKey(), new UndefinedVariable());

  private Checks() {}

  /// Everything that is wrong with a file, in source order: what its reader met and what the rules
  /// find.
  public static List<Problem> check(PromptFile file) {
    List<Problem> problems = new ArrayList<>(file.problems());
    for (Rule rule : RULES) {
      problems.addAll(rule.check(file));
    }
    problems.sort(Comparator.comparing(Problem::span));
    return List.copyOf(problems);
  }

  /// The codes of all rules.
  public static List<String> codes() {
    return RULES.stream().map(Rule::code).toList();
  }
}
