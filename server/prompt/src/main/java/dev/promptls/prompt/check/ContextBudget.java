package dev.promptls.prompt.check;

import dev.promptls.prompt.check.Surroundings.TokenBudget;
import dev.promptls.prompt.syntax.Severity;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/// A prompt that fills more of the model's context window than the settings allow.
final class ContextBudget implements FileRule {
  private static final int SHOWN_PARTS = 3;

  @Override
  public String code() {
    return "context-budget";
  }

  @Override
  public Severity severity() {
    return Severity.WARNING;
  }

  @Override
  public String summary() {
    return "A prompt that takes too much of what the model can read at once.";
  }

  @Override
  public boolean asksSurroundings() {
    return true;
  }

  @Override
  public List<Finding> check(Subject subject) {
    TokenBudget budget = subject.surroundings().budget();
    if (budget == null
        || budget.window() <= 0
        || budget.tokens() <= budget.window() * budget.warnAt()) {
      return List.of();
    }
    String parts =
        budget.parts().stream()
            .sorted(Comparator.comparingInt(TokenBudget.Part::tokens).reversed())
            .limit(SHOWN_PARTS)
            .map(part -> part.name() + " " + part.tokens())
            .collect(Collectors.joining(", "));
    String message =
        "The prompt takes %d of the %d tokens that %s can read%s; shorten it or choose a model with a larger context window."
            .formatted(
                budget.tokens(),
                budget.window(),
                budget.model(),
                parts.isEmpty() ? "" : " (" + parts + ")");
    Finding finding = finding(subject.file().lines().lineSpan(0), message);
    return List.of(budget.tokens() > budget.window() ? finding.severity(Severity.ERROR) : finding);
  }
}
