package dev.promptls.prompt.check;

import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.syntax.Severity;
import dev.promptls.prompt.syntax.VariableUse;
import dev.promptls.prompt.syntax.YamlNode;
import dev.promptls.prompt.text.Span;
import dev.promptls.prompt.text.TextEdit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A variable that is read but neither declared nor given a default, or a field that the items of a
/// list do not have. A file that declares nothing at all is taken to leave its inputs to the
/// caller.
final class UndefinedVariable implements FileRule {
  /// What every template language reads as one name.
  private static final Pattern NAME = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_]*");

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
    if (file.inputs().isEmpty() || file.variables().isEmpty()) {
      return List.of();
    }
    List<Finding> findings = new ArrayList<>();
    for (VariableUse use : file.variables()) {
      if (!use.name().startsWith("@") && !isCall(use, subject.text())) {
        Finding finding = use.scope().isEmpty() ? top(use, subject) : inside(use, subject);
        if (finding != null) {
          findings.add(finding);
        }
      }
    }
    return findings;
  }

  /// Whether a name is what is called or included: `(helper …)`, `{{#> partial}}`.
  private static boolean isCall(VariableUse use, String text) {
    int at = use.span().start();
    while (at > 0 && text.charAt(at - 1) == ' ') {
      at--;
    }
    return at > 0 && (text.charAt(at - 1) == '(' || text.charAt(at - 1) == '>');
  }

  private @Nullable Finding top(VariableUse use, Subject subject) {
    DataShape inputs = subject.data();
    if (inputs.at(use.path()) != null) {
      return null;
    }
    if (inputs.fields().containsKey(use.name())) {
      return field(use, inputs, "the value of " + Names.shown(use.name()));
    }
    String name = Names.shown(use.name());
    String meant = Spelling.nearest(use.name(), inputs.fields().keySet());
    boolean schema = subject.file().at("input") != null;
    String advice =
        meant != null
            ? "did you mean " + meant + "?"
            : schema ? "add it under input.schema or input.default." : "add it to the inputs.";
    Finding finding = finding(use.span(), "The variable " + name + " is not declared; " + advice);
    if (meant != null) {
      finding = rename(finding, use, use.name(), meant);
    }
    return declare(finding, use, subject.file());
  }

  private @Nullable Finding inside(VariableUse use, Subject subject) {
    DataShape here = within(use.scope(), subject.data());
    if (here == null || here.fields().isEmpty() || here.at(use.path()) != null) {
      return null;
    }
    if (here.fields().containsKey(use.name())) {
      return field(use, here, "the value of " + Names.shown(use.name()));
    }
    String list = Names.shown(use.scope().getLast());
    DataShape outside = use.scope().size() == 1 ? subject.data() : null;
    String written = use.span().of(subject.text());
    if (outside != null && outside.fields().containsKey(use.name()) && written.equals(use.name())) {
      String message =
          "Inside the block over %s, %s is looked for in its items; write ../%2$s to read the input."
              .formatted(list, Names.shown(use.name()));
      return finding(use.span(), message)
          .fixChangingRendering(
              "Read the input outside", new TextEdit(use.span(), "../" + written));
    }
    return field(use, here, "what " + list + " holds");
  }

  /// What the innermost of some blocks sees; null if nothing is known of it.
  private static @Nullable DataShape within(List<String> scopes, DataShape inputs) {
    DataShape here = inputs;
    for (String scope : scopes) {
      boolean named = !here.fields().isEmpty() || here.item() != null;
      boolean elsewhere = scope.startsWith("@") || scope.contains("..");
      DataShape next = named && !elsewhere ? here.at(path(scope)) : null;
      if (next == null) {
        return null;
      }
      here = inner(next);
    }
    return here;
  }

  /// What the body of a block sees: the items of a list, the fields of an object.
  private static DataShape inner(DataShape of) {
    return of.item() != null ? of.each() : of;
  }

  private static List<String> path(String scope) {
    List<String> path = new ArrayList<>();
    for (String part : scope.split("[./]", -1)) {
      if (!part.isEmpty() && !part.equals("this")) {
        path.add(part);
      }
    }
    return path;
  }

  /// @param owner what lacks the field, in words
  private Finding field(VariableUse use, DataShape start, String owner) {
    DataShape of = start;
    String missing = use.name();
    for (String name : use.path()) {
      missing = name;
      DataShape next = of.fields().get(name);
      if (next == null) {
        break;
      }
      of = next;
    }
    Collection<String> known = of.fields().keySet();
    String meant = Spelling.nearest(missing, known);
    String message =
        "There is no field %s in %s; %s"
            .formatted(
                Names.shown(missing),
                owner,
                meant == null ? "add it there or remove this." : "did you mean " + meant + "?");
    Finding finding = finding(use.span(), message);
    return meant == null ? finding : rename(finding, use, missing, meant);
  }

  private static Finding rename(Finding finding, VariableUse use, String wrong, String meant) {
    int length = use.span().length();
    boolean plain = use.path().size() == 1 && length == wrong.length();
    int start = use.span().end() - wrong.length();
    Span place =
        plain ? use.span() : new Span(Math.max(use.span().start(), start), use.span().end());
    boolean last = use.path().getLast().equals(wrong) && place.length() == wrong.length();
    boolean readable = NAME.matcher(meant).matches();
    return last && readable
        ? finding.fixChangingRendering("Rename to " + meant, new TextEdit(place, meant))
        : finding;
  }

  /// With a fix that declares a variable behind those that are declared.
  private static Finding declare(Finding finding, VariableUse use, PromptFile file) {
    YamlNode schema = file.at("input", "schema");
    YamlNode properties = schema == null ? null : schema.get("properties");
    boolean json = properties != null;
    if (!((json ? properties : schema) instanceof YamlNode.Mapping mapping)
        || mapping.flow()
        || mapping.entries().isEmpty()
        || !use.name().matches("[A-Za-z_]\\w*")) {
      return finding;
    }
    Span first = mapping.entries().getFirst().key().span();
    int lineStart = file.lines().lineStart(file.lines().line(first.start()));
    String indent = file.text().substring(lineStart, first.start());
    if (!indent.isBlank()) {
      return finding;
    }
    String line = indent + use.name() + (json ? ": {type: string}\n" : ": string\n");
    return finding.fixKeepingRendering(
        "Declare " + use.name(), new TextEdit(Span.at(lineStart), line));
  }
}
