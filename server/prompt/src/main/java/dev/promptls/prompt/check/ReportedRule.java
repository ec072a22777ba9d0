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
          error("front-matter-unclosed", "Front matter whose last line is not ended."),
          error("invalid-json", "A line that is no JSON."),
          error("missing-field", "A record without the field that makes it one."),
          error("missing-role", "A message without a role."),
          error("missing-content", "A message without content."),
          error("empty-conversation", "A conversation without messages."),
          error("missing-record", "A file of records that has none."),
          error("missing-messages", "A prompt without messages."),
          error("wrong-value", "A value that stops the prompt from being sent."),
          error("too-many-problems", "A file with more mistakes than are told."));

  private static ReportedRule error(String code, String summary) {
    return new ReportedRule(code, Severity.ERROR, summary);
  }
}
