package dev.promptls.prompt.check;

import dev.promptls.prompt.syntax.Severity;
import dev.promptls.prompt.syntax.YamlNode;
import java.util.ArrayList;
import java.util.List;

/// A key of a former version of the format that lives on, and has a successor.
final class DeprecatedKey implements FileRule {
  @Override
  public String code() {
    return "deprecated-key";
  }

  @Override
  public Severity severity() {
    return Severity.HINT;
  }

  @Override
  public String summary() {
    return "A key of a former version of the format, which has a successor.";
  }

  @Override
  public boolean settingsOnly() {
    return true;
  }

  @Override
  public List<Finding> check(Subject subject) {
    List<Finding> findings = new ArrayList<>();
    KnownKeys.visitEntries(
        subject,
        (key, entry) -> {
          if (!key.info().successor().isEmpty()) {
            findings.add(finding(key, entry));
          }
        });
    return findings;
  }

  private Finding finding(KnownKeys.Key key, YamlNode.Entry entry) {
    String message =
        "The key %s is of a former version; write %s instead."
            .formatted(Names.shown(entry.key().text()), key.info().successor());
    return finding(entry.key().span(), message).nature(Finding.Nature.DEPRECATED);
  }
}
