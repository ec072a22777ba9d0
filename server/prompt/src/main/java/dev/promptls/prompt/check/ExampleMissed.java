package dev.promptls.prompt.check;

import dev.promptls.prompt.check.Surroundings.Miss;
import dev.promptls.prompt.shots.Example;
import dev.promptls.prompt.syntax.Severity;
import java.util.ArrayList;
import java.util.List;

/// An example that the model answers otherwise.
final class ExampleMissed implements FileRule {
  @Override
  public String code() {
    return "example-missed";
  }

  @Override
  public Severity severity() {
    return Severity.HINT;
  }

  @Override
  public String summary() {
    return "An example that the model answers otherwise.";
  }

  @Override
  public boolean asksSurroundings() {
    return true;
  }

  @Override
  public List<Finding> check(Subject subject) {
    List<Finding> findings = new ArrayList<>();
    for (Miss miss : subject.surroundings().missed()) {
      if (miss.index() < subject.examples().size()) {
        Example example = subject.examples().get(miss.index());
        String message =
            "The model answers '%s' to this example, not '%s'."
                .formatted(Names.shown(miss.answer()), Names.shown(example.output()));
        findings.add(finding(example.outputRange(), message));
      }
    }
    return findings;
  }
}
