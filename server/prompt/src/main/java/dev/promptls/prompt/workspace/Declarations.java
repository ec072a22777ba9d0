package dev.promptls.prompt.workspace;

import dev.promptls.prompt.syntax.InputDeclaration;
import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.syntax.YamlNode;
import dev.promptls.prompt.text.Span;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The places of a file's settings that name an input or a field of one: in a schema, in defaults,
/// in samples and in rows of test data.
final class Declarations {
  private static final int MAX_DEPTH = 50;

  private final PromptFile file;
  private final Map<Span, Place> places = new LinkedHashMap<>();

  private Declarations(PromptFile file) {
    this.file = file;
  }

  /// A place.
  ///
  /// @param span of the name alone
  /// @param declares whether it says that there is such an input, not only what value it has
  record Place(List<String> path, Span span, boolean declares) {}

  static List<Place> in(PromptFile file) {
    Declarations found = new Declarations(file);
    found.schema(file.at("input", "schema"), List.of(), 0);
    for (InputDeclaration input : file.inputs()) {
      found.add(List.of(input.name()), input.span(), true);
    }
    found.values(file.at("input", "default"), List.of(), 0);
    found.values(file.at("sample"), List.of(), 0);
    found.values(file.at("testData"), List.of(), 0);
    return List.copyOf(found.places.values());
  }

  private void schema(@Nullable YamlNode node, List<String> above, int depth) {
    if (!(node instanceof YamlNode.Mapping mapping) || depth > MAX_DEPTH) {
      return;
    }
    if (mapping.get("properties") instanceof YamlNode.Mapping properties) {
      for (YamlNode.Entry entry : properties.entries()) {
        List<String> path = with(above, entry.key().text());
        add(path, entry.key().span(), true);
        schema(entry.value(), path, depth + 1);
      }
      if (mapping.get("required") instanceof YamlNode.Sequence required) {
        required.items().forEach(item -> required(item, above));
      }
      return;
    }
    if (mapping.get("items") instanceof YamlNode.Mapping items && mapping.get("type") != null) {
      schema(items, above, depth + 1);
      return;
    }
    if (mapping.get("type") instanceof YamlNode.Scalar type && isJsonType(type.text())) {
      return;
    }
    for (YamlNode.Entry entry : mapping.entries()) {
      String name = entry.key().text().replaceFirst("[?(].*$", "").strip();
      if (!name.isEmpty()) {
        List<String> path = with(above, name);
        add(path, entry.key().span(), true);
        schema(entry.value(), path, depth + 1);
      }
    }
  }

  /// Whether a mapping with this `type` is a JSON schema and not Picoschema with a field `type`,
  /// whose value would have a comma or be an input of its own.
  private static boolean isJsonType(String type) {
    return type.equals("object") || type.equals("array");
  }

  private void required(YamlNode item, List<String> above) {
    String name = item.string();
    if (name != null) {
      add(with(above, name), item.span(), false);
    }
  }

  private void values(@Nullable YamlNode node, List<String> above, int depth) {
    if (depth > MAX_DEPTH) {
      return;
    }
    switch (node) {
      case YamlNode.Mapping mapping -> {
        for (YamlNode.Entry entry : mapping.entries()) {
          List<String> path = with(above, entry.key().text());
          add(path, entry.key().span(), false);
          values(entry.value(), path, depth + 1);
        }
      }
      case YamlNode.Sequence list -> list.items().forEach(i -> values(i, above, depth + 1));
      case null, default -> {}
    }
  }

  private void add(List<String> path, Span span, boolean declares) {
    String name = path.getLast();
    int start = span.start();
    char first = start < file.text().length() ? file.text().charAt(start) : 0;
    start += first == '"' || first == '\'' ? 1 : 0;
    // A name that is written otherwise than it reads, with escapes or through an alias, is none
    // that could be shown or replaced.
    if (file.text().startsWith(name, start) && start + name.length() <= span.end()) {
      Span exact = new Span(start, start + name.length());
      places.putIfAbsent(exact, new Place(path, exact, declares));
    }
  }

  private static List<String> with(List<String> above, String name) {
    List<String> path = new ArrayList<>(above);
    path.add(name);
    return List.copyOf(path);
  }
}
