package dev.promptls.prompt.check;

import dev.promptls.prompt.shots.Example;
import dev.promptls.prompt.syntax.Severity;
import java.util.List;

/// Examples of which many more give one answer than another: models favour what they see more often
/// (majority label bias; Zhao et al. 2021, "Calibrate Before Use").
final class UnbalancedLabels implements FileRule {
  private static final int MIN_EXAMPLES = 4;
  private static final int MIN_RATIO = 3;

  @Override
  public String code() {
    return "unbalanced-labels";
  }

  @Override
  public Severity severity() {
    return Severity.INFORMATION;
  }

  @Override
  public String summary() {
    return "Examples that give one answer much more often than another.";
  }

  @Override
  public List<Finding> check(Subject subject) {
    List<Example> examples = subject.examples();
    Labels labels = examples.size() < MIN_EXAMPLES ? null : Labels.of(examples);
    if (labels == null || labels.most().getValue() < MIN_RATIO * labels.least().getValue()) {
      return List.of();
    }
    String rare = labels.least().getKey();
    Example first =
        examples.stream().filter(e -> e.output().equals(rare)).findFirst().orElseThrow();
    String message =
        "%d examples answer %s but only %d %s; balance them, since models favour what they see more often."
            .formatted(
                labels.most().getValue(),
                Names.shown(labels.most().getKey()),
                labels.least().getValue(),
                Names.shown(rare));
    return List.of(finding(first.outputRange(), message));
  }
}
