package dev.promptls.prompt.check;

import dev.promptls.prompt.syntax.Severity;
import dev.promptls.prompt.text.Span;

/// Finds one kind of mistake. To add a rule: write one of the kinds below, name it in [Checks], and
/// write its page, `rules/CODE.md` among the resources.
///
/// The kinds differ in how much a finding depends on, so that after an edit only those rules run
/// again, and only on those parts, that the edit can have changed.
public sealed interface Rule permits LineRule, TagRule, FileRule, LastRule, ReportedRule {
  /// The code of its findings, in kebab case; also the name it is set and suppressed by.
  String code();

  /// How much a finding matters, unless the settings or the finding say otherwise.
  Severity severity();

  /// What it finds, in one line of plain text.
  String summary();

  /// Whether what it finds depends on what [Surroundings] know, which is not the same everywhere.
  default boolean asksSurroundings() {
    return false;
  }

  /// A finding of this rule.
  ///
  /// @param message one sentence: what, and what to do
  default Finding finding(Span span, String message) {
    return Finding.of(code(), span, severity(), message);
  }
}
