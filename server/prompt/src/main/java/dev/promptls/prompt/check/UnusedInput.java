package dev.promptls.prompt.check;

import dev.promptls.prompt.render.PartialResolver;
import dev.promptls.prompt.syntax.InputDeclaration;
import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.syntax.Severity;
import dev.promptls.prompt.syntax.Tag;
import dev.promptls.prompt.syntax.VariableUse;
import dev.promptls.prompt.syntax.YamlNode;
import dev.promptls.prompt.text.LineIndex;
import dev.promptls.prompt.text.Span;
import dev.promptls.prompt.text.TextEdit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// An input that is declared but that nothing reads.
final class UnusedInput implements FileRule {
  /// A type and description behind a name in Picoschema.
  private static final Pattern DESCRIBED = Pattern.compile("\\s*\\(.*");

  private static final Set<String> EVERYTHING = Set.of("this", ".", "@root");
  private static final int MAX_PARTIALS = 50;

  @Override
  public String code() {
    return "unused-input";
  }

  @Override
  public Severity severity() {
    return Severity.WARNING;
  }

  @Override
  public String summary() {
    return "An input that is declared, but read nowhere in the prompt.";
  }

  @Override
  public List<Finding> check(Subject subject) {
    PromptFile file = subject.file();
    if (file.inputs().isEmpty() || file.messages().isEmpty() || readsEverything(subject)) {
      return List.of();
    }
    Set<String> read = new HashSet<>();
    Set<String> scopes = new HashSet<>();
    for (VariableUse use : file.variables()) {
      read.addAll(use.path());
      scopes.addAll(use.scope());
    }
    scopes.forEach(scope -> read.addAll(List.of(scope.split("[./]", -1))));
    List<InputDeclaration> unread =
        file.inputs().stream()
            .filter(input -> !read.contains(input.name()))
            .limit(Checked.ENOUGH)
            .toList();
    if (unread.isEmpty()) {
      return List.of();
    }
    String partials = partials(subject);
    if (partials == null) {
      return List.of();
    }
    List<Map<String, YamlNode.Entry>> declared = declared(file);
    List<Finding> findings = new ArrayList<>();
    for (InputDeclaration input : unread) {
      if (!partials.contains(input.name())) {
        findings.add(finding(input, file, declared));
      }
    }
    return findings;
  }

  private Finding finding(
      InputDeclaration input, PromptFile file, List<Map<String, YamlNode.Entry>> declared) {
    String message =
        "The input %s is read nowhere; use it in the prompt or remove it."
            .formatted(Names.shown(input.name()));
    Finding finding = finding(input.span(), message).nature(Finding.Nature.UNNECESSARY);
    List<TextEdit> edits = new ArrayList<>();
    for (Map<String, YamlNode.Entry> place : declared) {
      YamlNode.Entry entry = place.get(input.name());
      TextEdit edit = entry == null ? null : removal(entry, file.lines());
      if (edit != null) {
        edits.add(edit);
      }
    }
    boolean all = edits.size() == (input.defaultSpan() == null ? 1 : 2);
    boolean defaultOnly = input.defaultSpan() != null && input.type().isEmpty();
    return all || (defaultOnly && edits.size() == 1)
        ? finding.fix(new Fix("Remove " + Names.shown(input.name()), edits, true))
        : finding;
  }

  /// The entries that declare inputs, by the inputs' names, where one can go and others stay.
  private static List<Map<String, YamlNode.Entry>> declared(PromptFile file) {
    List<Map<String, YamlNode.Entry>> places = new ArrayList<>();
    for (String place : List.of("schema", "default")) {
      if (file.at("input", place) instanceof YamlNode.Mapping mapping
          && !mapping.flow()
          && mapping.entries().size() >= 2) {
        Map<String, YamlNode.Entry> entries = new HashMap<>();
        for (YamlNode.Entry entry : mapping.entries()) {
          String typed = DESCRIBED.matcher(entry.key().text()).replaceFirst("");
          String name = typed.endsWith("?") ? typed.substring(0, typed.length() - 1) : typed;
          entries.putIfAbsent(name, entry);
        }
        places.add(entries);
      }
    }
    return places;
  }

  /// Takes the lines of an entry out, if they are its own.
  private static @Nullable TextEdit removal(YamlNode.Entry entry, LineIndex lines) {
    int first = lines.line(entry.key().span().start());
    int last = lines.line(Math.max(entry.span().end() - 1, entry.key().span().end()));
    Span whole = new Span(lines.lineStart(first), lines.lineStart(last + 1));
    boolean own = new Span(whole.start(), entry.key().span().start()).strip(lines.text()).isEmpty();
    boolean ended =
        new Span(entry.span().end(), Math.max(entry.span().end(), lines.lineEnd(last)))
            .strip(lines.text())
            .isEmpty();
    return own && ended ? new TextEdit(whole, "") : null;
  }

  /// Whether all inputs are read at once: `{{json this}}`, `{{#each @root}}`.
  private static boolean readsEverything(Subject subject) {
    List<Tag> tags = subject.tags();
    for (int i = 0; i < tags.size(); i++) {
      Tag tag = tags.get(i);
      if (namesEverything(tag)
          && (tag.span().of(subject.text()).contains("@root") || atTop(subject, i))) {
        return true;
      }
    }
    return false;
  }

  private static boolean namesEverything(Tag tag) {
    if (EVERYTHING.contains(tag.name())) {
      return true;
    }
    for (Tag.Argument argument : tag.arguments()) {
      if (argument.path() && EVERYTHING.contains(argument.text())) {
        return true;
      }
    }
    return false;
  }

  /// Whether `this` means the inputs at a tag.
  private static boolean atTop(Subject subject, int index) {
    int[] parents = subject.parents();
    for (int at = parents[index]; at >= 0; at = parents[at]) {
      String name = subject.tags().get(at).name();
      if (!name.equals("if") && !name.equals("unless") && !name.endsWith("Equals")) {
        return subject.tags().get(at).first().equals("this") && atTop(subject, at);
      }
    }
    return true;
  }

  /// The texts of the partials that the file includes, which may read its inputs; null if one of
  /// them is not known.
  private static @Nullable String partials(Subject subject) {
    PartialResolver resolver = subject.surroundings().partials();
    StringBuilder texts = new StringBuilder();
    Set<String> seen = new HashSet<>();
    for (String name : Partials.named(subject)) {
      String text = resolver == null || seen.size() > MAX_PARTIALS ? null : resolver.partial(name);
      if (text == null) {
        return null;
      }
      if (seen.add(name)) {
        texts.append(text).append('\n');
      }
    }
    return texts.indexOf("{{>") >= 0 ? null : texts.toString();
  }
}
