package dev.promptls.prompt.check;

import dev.promptls.prompt.check.TokenBudget.Part;
import dev.promptls.prompt.syntax.Severity;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/// A prompt that fills more of the model's context window than the settings allow, or leaves less
/// than it asks for.
final class ContextBudget implements FileRule {
  /// In the message.
  private static final int NAMED_PARTS = 3;

  /// As other places that belong to the finding.
  private static final int SHOWN_PARTS = 10;

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
    if (budget == null || !budget.isTight()) {
      return List.of();
    }
    List<Part> largest = largest(budget, subject.text().length());
    String message =
        "The prompt takes %d of the %d tokens that %s can read%s%s; shorten it or choose a model with a larger context window."
            .formatted(
                budget.tokens(),
                budget.window(),
                budget.model(),
                budget.leavesTooLittle() && budget.tokens() <= budget.window()
                    ? ", and the answer may take " + budget.reserved()
                    : "",
                named(largest));
    Finding finding = finding(subject.file().lines().lineSpan(0), message);
    for (Part part : largest) {
      finding = finding.related(part.span(), part.name() + ": " + part.tokens() + " tokens");
    }
    return List.of(budget.tokens() > budget.window() ? finding.severity(Severity.ERROR) : finding);
  }

  private static List<Part> largest(TokenBudget budget, int length) {
    return budget.parts().stream()
        .filter(part -> part.span().end() <= length)
        .sorted(Comparator.comparingInt(Part::tokens).reversed())
        .limit(SHOWN_PARTS)
        .toList();
  }

  private static String named(List<Part> parts) {
    return parts.isEmpty()
        ? ""
        : parts.stream()
            .limit(NAMED_PARTS)
            .map(part -> part.name() + " " + part.tokens())
            .collect(Collectors.joining(", ", " (", ")"));
  }
}
