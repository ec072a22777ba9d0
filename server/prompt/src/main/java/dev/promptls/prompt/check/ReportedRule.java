package dev.promptls.prompt.check;

import dev.promptls.prompt.syntax.Severity;
import java.util.List;

/// A rule that others apply: the readers, the renderer. Here it has its description.
record ReportedRule(String code, Severity severity, String summary) implements Rule {
  static final List<ReportedRule> ALL =
      List.of(
          error("invalid-yaml", "YAML that cannot be read."),
          error("yaml-too-long", "YAML longer than what is read."),
          error("yaml-too-deep", "YAML nested deeper than what is read."),
          error("yaml-too-many-aliases", "YAML with more aliases than what is read."),
          error("duplicate-key", "A key that stands twice in one mapping."),
          error("front-matter-unclosed", "Front matter that is not closed."),
          error("invalid-json", "A line that is no JSON."),
          error("missing-field", "A record without the field that makes it one."),
          error("missing-role", "A message without a role."),
          error("missing-content", "A message without content."),
          error("empty-conversation", "A conversation without messages."),
          error("record-too-long", "A record with more messages than are read."),
          error("missing-record", "A file of records that has none."),
          error("missing-messages", "A prompt without messages."),
          error("poml-unclosed", "An element, tag or value of POML that nothing ends."),
          error("poml-mismatched", "A closing tag of POML without an element that is open."),
          error("poml-too-deep", "POML nested deeper than what is read."),
          new ReportedRule("poml-unknown", Severity.WARNING, "An element that POML does not know."),
          new ReportedRule(
              "poml-not-run",
              Severity.HINT,
              "What POML would carry out and this program does not."),
          error("missing-input", "An input that must be given and is not."),
          error("forged-role", "A value that would begin a message of its own."),
          error("unknown-template-engine", "A template language that nobody reads."),
          error("invalid-template-format", "A `template.format` that says nothing."),
          error("too-many-problems", "A file with more mistakes than are told."));

  private static ReportedRule error(String code, String summary) {
    return new ReportedRule(code, Severity.ERROR, summary);
  }
}
