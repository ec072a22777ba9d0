package dev.promptls.prompt.check;

import dev.promptls.prompt.syntax.InputDeclaration;
import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.syntax.Severity;
import dev.promptls.prompt.syntax.VariableUse;
import dev.promptls.prompt.syntax.YamlNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A variable that is read but neither declared nor given a default. A file that declares nothing
/// at all is taken to leave its inputs to the caller.
final class UndefinedVariable implements FileRule {
  @Override
  public String code() {
    return "undefined-variable";
  }

  @Override
  public Severity severity() {
    return Severity.WARNING;
  }

  @Override
  public String summary() {
    return "A variable that is read, but neither declared nor given a default.";
  }

  @Override
  public List<Finding> check(Subject subject) {
    PromptFile file = subject.file();
    if (file.inputs().isEmpty() || isOpen(file.at("input", "schema"))) {
      return List.of();
    }
    Set<String> declared = new HashSet<>();
    for (InputDeclaration input : file.inputs()) {
      declared.add(input.name());
    }
    List<Finding> problems = new ArrayList<>();
    for (VariableUse use : file.variables()) {
      if (use.isTopLevel() && !declared.contains(use.name())) {
        String message =
            "The variable "
                + use.name()
                + " is not declared; add it under input.schema or input.default.";
        problems.add(finding(use.span(), message));
      }
    }
    return problems;
  }

  /// Whether a schema allows for more than the variables it names.
  private static boolean isOpen(@Nullable YamlNode schema) {
    return schema instanceof YamlNode.Scalar || (schema != null && schema.get("(*)") != null);
  }
}
