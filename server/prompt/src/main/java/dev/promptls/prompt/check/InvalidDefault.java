package dev.promptls.prompt.check;

import dev.promptls.prompt.schema.InputSchema;
import dev.promptls.prompt.schema.Misfit;
import dev.promptls.prompt.schema.Picoschema;
import dev.promptls.prompt.schema.SchemaException;
import dev.promptls.prompt.syntax.InputDeclaration;
import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.syntax.Severity;
import dev.promptls.prompt.syntax.YamlNode;
import dev.promptls.prompt.text.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A default value that does not fit the schema of its input.
final class InvalidDefault implements FileRule {
  private static final int MAX_FINDINGS = 100;

  @Override
  public String code() {
    return "invalid-default";
  }

  @Override
  public Severity severity() {
    return Severity.ERROR;
  }

  @Override
  public String summary() {
    return "A default value that does not fit the schema of its input.";
  }

  @Override
  public boolean settingsOnly() {
    return true;
  }

  @Override
  public List<Finding> check(Subject subject) {
    List<Finding> findings = new ArrayList<>();
    try {
      if (surelyFit(subject.file())) {
        return List.of();
      }
      InputSchema schema = InputSchema.of(subject.file(), Map.of());
      List<Misfit> misfits = schema == null ? List.of() : schema.defaults();
      for (Misfit misfit : misfits.subList(0, Math.min(MAX_FINDINGS, misfits.size()))) {
        Span span = misfit.span();
        findings.add(finding(span == null ? subject.settings() : span, misfit.sentence()));
      }
    } catch (SchemaException told) {
      // Another rule says what is wrong with the schema itself.
      return List.of();
    }
    return findings;
  }

  private static boolean surelyFit(PromptFile file) throws SchemaException {
    if (file.inputs().stream().noneMatch(InputDeclaration::defaulted)) {
      return true;
    }
    YamlNode schema = file.at("input", "schema");
    YamlNode defaults = file.at("input", "default");
    return schema != null
        && defaults != null
        && SurelyFits.check(Picoschema.toJsonSchema(schema.value(), Map.of()), defaults.value());
  }
}
