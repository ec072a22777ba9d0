package dev.promptls.prompt.check;

import dev.promptls.prompt.syntax.Severity;
import java.util.List;

/// A rule that others apply: the readers, the renderer, the editor's server. Here it has its
/// description.
record ReportedRule(String code, Severity severity, String summary) implements Rule {
  static final List<ReportedRule> ALL =
      List.of(
          error("invalid-yaml", "YAML that cannot be read."),
          error("yaml-too-long", "YAML longer than what is read."),
          error("yaml-too-deep", "YAML nested deeper than what is read."),
          error("yaml-too-many-aliases", "YAML with more aliases than what is read."),
          error("duplicate-key", "A key that stands twice in one mapping."),
          error("front-matter-unclosed", "Front matter whose last line is not ended."),
          error("template-failed", "A template that fails when it is rendered."),
          error("invalid-schema", "A schema that cannot be read."),
          new ReportedRule(
              "example-missed", Severity.HINT, "An example that the model answers otherwise."));

  private static ReportedRule error(String code, String summary) {
    return new ReportedRule(code, Severity.ERROR, summary);
  }

  /// What a model answers is known only where one was asked.
  @Override
  public boolean asksSurroundings() {
    return code.equals("example-missed");
  }
}
