package dev.promptls.prompt.check;

import dev.promptls.prompt.render.PartialResolver;
import dev.promptls.prompt.syntax.Severity;
import dev.promptls.prompt.syntax.Tag;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A partial that is not there.
final class UnknownPartial implements FileRule {
  @Override
  public String code() {
    return "unknown-partial";
  }

  @Override
  public Severity severity() {
    return Severity.ERROR;
  }

  @Override
  public String summary() {
    return "A partial that is included, but is not there.";
  }

  @Override
  public boolean asksSurroundings() {
    return true;
  }

  @Override
  public List<Finding> check(Subject subject) {
    PartialResolver resolver = subject.surroundings().partials();
    if (resolver == null) {
      return List.of();
    }
    Map<String, Boolean> known = new HashMap<>();
    List<Finding> findings = new ArrayList<>();
    for (Tag tag : Partials.tags(subject)) {
      boolean there =
          known.computeIfAbsent(tag.name(), name -> resolver.partial(name) != null)
              || Partials.hasDefault(tag);
      if (!there) {
        String message =
            "There is no partial %s; write it as _%1$s.prompt beside this file."
                .formatted(Names.shown(tag.name()));
        findings.add(finding(tag.nameSpan(), message));
      }
    }
    return findings;
  }
}
