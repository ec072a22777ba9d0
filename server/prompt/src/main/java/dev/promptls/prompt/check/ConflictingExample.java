package dev.promptls.prompt.check;

import dev.promptls.prompt.shots.Example;
import dev.promptls.prompt.syntax.Severity;
import java.util.ArrayList;
import java.util.List;

/// Two examples that answer the same question differently.
final class ConflictingExample implements FileRule {
  @Override
  public String code() {
    return "conflicting-example";
  }

  @Override
  public Severity severity() {
    return Severity.WARNING;
  }

  @Override
  public String summary() {
    return "Two examples that answer the same question differently.";
  }

  @Override
  public List<Finding> check(Subject subject) {
    List<Finding> findings = new ArrayList<>();
    for (List<Example> same : subject.repeated()) {
      Example first = null;
      for (Example example : same) {
        if (example.output().isBlank()) {
          continue;
        }
        if (first == null) {
          first = example;
        } else if (!first.output().equals(example.output())) {
          String message =
              "Example %d asks the same and is answered otherwise; correct or remove one of them."
                  .formatted(first.index() + 1);
          findings.add(
              finding(example.outputRange(), message)
                  .related(first.outputRange(), "The other answer."));
        }
      }
    }
    return findings;
  }
}
