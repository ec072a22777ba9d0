package dev.promptls.prompt.check;

import dev.promptls.prompt.shots.Example;
import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.syntax.Severity;
import java.util.List;

/// An example that shows a question but no answer.
final class ExampleWithoutOutput implements ExampleRule {
  @Override
  public String code() {
    return "example-without-output";
  }

  @Override
  public Severity severity() {
    return Severity.WARNING;
  }

  @Override
  public String summary() {
    return "An example that shows no answer.";
  }

  @Override
  public List<Finding> check(Example example, PromptFile file) {
    if (!example.output().isBlank() || example.range().isEmpty()) {
      return List.of();
    }
    return List.of(
        finding(example.range(), "This example shows no answer; write one or remove it."));
  }
}
