package dev.promptls.app;

import dev.promptls.prompt.check.Finding;
import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.syntax.Severity;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A file and what is wrong with it.
///
/// @param path as a person wrote it, with `/`
/// @param real absolute, null for standard input
record Linted(String path, @Nullable Path real, PromptFile file, List<Finding> findings) {
  Linted {
    findings = List.copyOf(findings);
  }

  long count(Severity severity) {
    return findings.stream().filter(finding -> finding.severity() == severity).count();
  }

  /// The findings that have a fix which leaves what is sent as it is.
  long fixable() {
    return findings.stream().filter(finding -> LintFixes.safe(finding) != null).count();
  }
}
