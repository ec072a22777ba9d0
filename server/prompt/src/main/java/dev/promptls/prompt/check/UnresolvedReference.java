package dev.promptls.prompt.check;

import dev.promptls.prompt.check.Surroundings.Presence;
import dev.promptls.prompt.syntax.Format;
import dev.promptls.prompt.syntax.PromptyReference;
import dev.promptls.prompt.syntax.Severity;
import dev.promptls.prompt.syntax.YamlNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A `${env:NAME}` that prompts may not read here, or a `${file:path}` that leads out of the
/// prompt's folder. What is allowed but not there, rendering tells.
final class UnresolvedReference implements FileRule {
  @Override
  public String code() {
    return "unresolved-reference";
  }

  @Override
  public Severity severity() {
    return Severity.WARNING;
  }

  @Override
  public String summary() {
    return "A variable or file of the settings that is not there, or may not be read.";
  }

  @Override
  public boolean asksSurroundings() {
    return true;
  }

  @Override
  public List<Finding> check(Subject subject) {
    List<Finding> findings = new ArrayList<>();
    if (subject.file().format() == Format.PROMPTY && subject.file().frontMatter() != null) {
      check(subject.file().frontMatter().root(), subject.surroundings(), findings);
    }
    return findings;
  }

  private void check(@Nullable YamlNode node, Surroundings around, List<Finding> findings) {
    switch (node) {
      case YamlNode.Mapping mapping ->
          mapping.entries().forEach(entry -> check(entry.value(), around, findings));
      case YamlNode.Sequence list -> list.items().forEach(item -> check(item, around, findings));
      case YamlNode.Scalar scalar -> {
        PromptyReference reference = PromptyReference.of(scalar.string());
        Finding finding = reference == null ? null : finding(reference, scalar, around);
        if (finding != null) {
          findings.add(finding);
        }
      }
      case null -> {}
    }
  }

  private @Nullable Finding finding(
      PromptyReference reference, YamlNode.Scalar scalar, Surroundings around) {
    String name = Names.shown(reference.name());
    if (reference.kind() == PromptyReference.Kind.FILE) {
      return leadsOut(reference.name())
          ? finding(
              scalar.span(),
              "The file "
                  + name
                  + " is not read: it lies outside the folder of the prompt; move it there.")
          : null;
    }
    return reference.otherwise() == null && around.environment(reference.name()) == Presence.ABSENT
        ? finding(
                scalar.span(),
                "Prompts may not read "
                    + name
                    + " here; add it to allowedEnvironment in your settings.json, or give a"
                    + " default.")
            .severity(Severity.INFORMATION)
        : null;
  }

  /// Whether a path is absolute or climbs above where it starts.
  private static boolean leadsOut(String path) {
    if (path.startsWith("/") || path.startsWith("\\") || path.matches("[A-Za-z]:.*")) {
      return true;
    }
    int depth = 0;
    for (String part : path.split("[/\\\\]", -1)) {
      depth += part.equals("..") ? -1 : part.isEmpty() || part.equals(".") ? 0 : 1;
      if (depth < 0) {
        return true;
      }
    }
    return false;
  }
}
