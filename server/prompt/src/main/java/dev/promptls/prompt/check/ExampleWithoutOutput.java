package dev.promptls.prompt.check;

import dev.promptls.prompt.shots.Example;
import dev.promptls.prompt.shots.Unfinished;
import dev.promptls.prompt.syntax.Severity;
import dev.promptls.prompt.text.Span;
import java.util.ArrayList;
import java.util.List;

/// An example that shows a question but no answer.
final class ExampleWithoutOutput implements FileRule {
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
  public List<Finding> check(Subject subject) {
    List<Finding> findings = new ArrayList<>();
    for (Example example : subject.examples()) {
      if (example.output().isBlank() && !example.range().isEmpty()) {
        findings.add(finding(example.range()));
      }
    }
    for (Unfinished block : subject.shots().unfinished()) {
      if (block.labelled()) {
        findings.add(finding(block.range()));
      }
    }
    return findings;
  }

  private Finding finding(Span example) {
    return finding(example, "This example shows no answer; write one or remove it.");
  }
}
