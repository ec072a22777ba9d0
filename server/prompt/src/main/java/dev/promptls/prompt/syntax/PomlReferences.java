package dev.promptls.prompt.syntax;

import dev.promptls.prompt.text.Span;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a POML document reads: files and addresses, and the variables of plain expressions
/// `{{name.field}}`. Of other expressions only that they are there is known.
final class PomlReferences {
  private static final Pattern PATH =
      Pattern.compile("\\s*([A-Za-z_$][\\w$]*+)((?:\\.[\\w$]++)*+)\\s*");
  private static final Pattern LOOP =
      Pattern.compile("\\s*([A-Za-z_$][\\w$]*)\\s+in\\s+([A-Za-z_$][\\w$]*)?.*", Pattern.DOTALL);
  private static final Set<String> MEDIA = Set.of("img", "image", "audio");
  private static final Set<String> DATA = Set.of("table", "let", "obj", "object", "dataobj");

  private final String text;
  private final List<VariableUse> uses = new ArrayList<>();
  private final List<Link> links = new ArrayList<>();
  private final Map<String, InputDeclaration> inputs = new LinkedHashMap<>();
  private final Deque<String> loops = new ArrayDeque<>();

  private PomlReferences(String text) {
    this.text = text;
  }

  static PomlReferences of(String text, List<PomlNode> roots) {
    PomlReferences references = new PomlReferences(text);
    roots.forEach(references::visit);
    return references;
  }

  List<VariableUse> uses() {
    Set<Span> seen = new HashSet<>();
    return uses.stream()
        .filter(use -> seen.add(use.span()))
        .sorted((a, b) -> a.span().compareTo(b.span()))
        .toList();
  }

  /// Those given by `let`, then those that the document leaves to its caller, where they stand.
  List<InputDeclaration> inputs() {
    for (VariableUse use : uses()) {
      inputs.putIfAbsent(
          use.name(),
          new InputDeclaration(use.name(), "", "", true, false, null, use.span(), null));
    }
    return List.copyOf(inputs.values());
  }

  List<Link> links() {
    return List.copyOf(links);
  }

  private void visit(PomlNode node) {
    switch (node) {
      case PomlNode.Text said -> expressions(said.span());
      case PomlNode.Element element -> {
        int depth = loops.size();
        attributes(element);
        element.children().forEach(this::visit);
        while (loops.size() > depth) {
          loops.pop();
        }
      }
    }
  }

  private void attributes(PomlNode.Element element) {
    PomlNode.Attribute loop = element.attribute("for");
    if (loop != null) {
      loop(loop);
    }
    for (PomlNode.Attribute attribute : element.attributes()) {
      switch (attribute.name()) {
        case "for" -> {}
        case "if" -> path(attribute.valueSpan());
        case "src", "url" -> link(element.plainName(), attribute);
        default -> {}
      }
      expressions(attribute.valueSpan());
    }
    PomlNode.Attribute name = element.attribute("name");
    if (element.plainName().equals("let") && name != null) {
      InputDeclaration declared =
          new InputDeclaration(
              name.value(),
              element.value("type"),
              "",
              false,
              true,
              null,
              name.valueSpan(),
              element.content());
      inputs.putIfAbsent(name.value(), declared);
    }
  }

  private void loop(PomlNode.Attribute attribute) {
    Span value = attribute.valueSpan();
    Matcher matcher = LOOP.matcher(value.of(text));
    if (matcher.matches()) {
      if (matcher.group(2) != null) {
        use(matcher.group(2), "", new Span(matcher.start(2), matcher.end(2)).shift(value.start()));
      }
      loops.push(matcher.group(1));
    }
  }

  private void link(String element, PomlNode.Attribute attribute) {
    String target = attribute.value();
    if (target.isBlank() || target.contains("{{") || target.startsWith("data:")) {
      return;
    }
    Link plain = Link.to(target, attribute.valueSpan());
    Link.Kind kind =
        MEDIA.contains(element)
            ? Link.Kind.MEDIA
            : DATA.contains(element) && plain.kind() == Link.Kind.FILE
                ? Link.Kind.DATA
                : plain.kind();
    links.add(new Link(kind, target, attribute.valueSpan()));
  }

  private void expressions(Span within) {
    int at = text.indexOf("{{", within.start(), within.end());
    while (at >= 0) {
      int close = text.indexOf("}}", at, within.end());
      if (close < 0) {
        return;
      }
      path(new Span(at + 2, close));
      at = text.indexOf("{{", close, within.end());
    }
  }

  private void path(Span expression) {
    Matcher matcher = PATH.matcher(text).region(expression.start(), expression.end());
    if (matcher.matches()) {
      use(matcher.group(1), matcher.group(2), new Span(matcher.start(1), matcher.end(2)));
    }
  }

  private void use(String name, @Nullable String fields, Span span) {
    boolean local = loops.contains(name) || name.equals("loop");
    if (local || name.equals("true") || name.equals("false") || name.equals("null")) {
      return;
    }
    List<String> path = new ArrayList<>(List.of(name));
    if (fields != null && !fields.isEmpty()) {
      path.addAll(List.of(fields.substring(1).split("\\.", -1)));
    }
    uses.add(new VariableUse(name, path, span, List.of()));
  }
}
