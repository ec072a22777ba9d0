package dev.promptls.prompt.check;

import dev.promptls.prompt.syntax.Link;
import dev.promptls.prompt.syntax.Severity;
import dev.promptls.prompt.text.Span;
import java.util.ArrayList;
import java.util.List;

/// A file that the prompt names but that is not there.
final class UnresolvedLink implements FileRule {
  @Override
  public String code() {
    return "unresolved-link";
  }

  @Override
  public Severity severity() {
    return Severity.WARNING;
  }

  @Override
  public String summary() {
    return "A file that the prompt names, but that is not there.";
  }

  @Override
  public boolean asksSurroundings() {
    return true;
  }

  @Override
  public List<Finding> check(Subject subject) {
    List<Finding> findings = new ArrayList<>();
    for (Link link : subject.file().links()) {
      boolean fixed = !link.path().isEmpty() && !link.target().contains("{{");
      if (link.isPath() && fixed) {
        add(findings, link.path(), link.span(), subject);
      }
    }
    DataFiles.named(subject.file())
        .forEach(file -> add(findings, file.path(), file.span(), subject));
    return findings;
  }

  private void add(List<Finding> findings, String path, Span span, Subject subject) {
    boolean told = findings.stream().anyMatch(finding -> finding.span().equals(span));
    if (!told && subject.surroundings().file(path) == Surroundings.Presence.ABSENT) {
      String message =
          "There is no file %s beside this prompt; correct the path or write the file."
              .formatted(Names.shown(path));
      findings.add(finding(span, message));
    }
  }
}
