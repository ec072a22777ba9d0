package dev.promptls.prompt.check;

import dev.promptls.prompt.shots.Example;
import dev.promptls.prompt.syntax.Severity;
import java.util.ArrayList;
import java.util.List;

/// An example that stands in the prompt twice: it costs tokens and teaches nothing.
final class DuplicateExample implements FileRule {
  @Override
  public String code() {
    return "duplicate-example";
  }

  @Override
  public Severity severity() {
    return Severity.WARNING;
  }

  @Override
  public String summary() {
    return "An example that stands in the prompt twice.";
  }

  @Override
  public List<Finding> check(Subject subject) {
    List<Finding> findings = new ArrayList<>();
    for (List<Example> same : subject.repeated()) {
      Example first = same.getFirst();
      for (Example example : same.subList(1, same.size())) {
        if (first.output().equals(example.output())) {
          String message =
              "This example is the same as example %d; remove one of them."
                  .formatted(first.index() + 1);
          findings.add(
              finding(example.range(), message).related(first.range(), "The first of the two."));
        }
      }
    }
    return findings;
  }
}
