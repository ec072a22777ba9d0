package dev.promptls.prompt.render;

import dev.promptls.prompt.syntax.FrontMatter;
import dev.promptls.prompt.syntax.Problem;
import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.syntax.PromptyProperty;
import dev.promptls.prompt.syntax.Severity;
import dev.promptls.prompt.syntax.YamlNode;
import dev.promptls.prompt.text.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What Prompty's loader makes of a file (§4 of its specification), in the canonical form of its
/// vectors: shorthands expanded, named maps as lists of `{name, …}`. Keys of version 1 stay, and
/// what they mean in version 2 stands beside them.
final class PromptyMetadata {
  private final PromptFile file;
  private final Consumer<Problem> problems;
  private final Map<String, @Nullable Object> result = new LinkedHashMap<>();

  private PromptyMetadata(PromptFile file, Consumer<Problem> problems) {
    this.file = file;
    this.problems = problems;
  }

  /// The loaded file; empty if it cannot be loaded.
  static Map<String, @Nullable Object> of(
      PromptFile file, References references, Consumer<Problem> problems) {
    List<Problem> faults =
        file.problems().stream().filter(p -> p.severity() == Severity.ERROR).toList();
    for (Problem fault : faults) {
      String message = "Invalid frontmatter: " + fault.message();
      problems.accept(new Problem(fault.code(), fault.span(), fault.severity(), message));
    }
    return faults.isEmpty() ? new PromptyMetadata(file, problems).load(references) : Map.of();
  }

  private Map<String, @Nullable Object> load(References references) {
    FrontMatter settings = file.frontMatter();
    YamlNode root = settings == null ? null : settings.root();
    result.put("kind", "prompt");
    if (root != null) {
      result.putAll(Metadata.copy(new PromptyReferences(references, problems).resolve(root)));
      result.put("kind", "prompt");
    }
    moved("inputSchema", "inputs");
    moved("outputSchema", "outputs");
    for (String key : List.of("inputs", "outputs")) {
      replace(key, properties(result.get(key)));
    }
    sample();
    replace("tools", tools(result.get("tools")));
    replace("model", PromptyModel.of(result));
    gathered();
    result.put("template", template(result.get("template")));
    String body = file.bodyText();
    if (!body.isBlank() || result.get("instructions") == null) {
      result.put("instructions", withoutLastBreaks(body));
    }
    return result;
  }

  private static String withoutLastBreaks(String text) {
    int end = text.length();
    while (end > 0 && (text.charAt(end - 1) == '\n' || text.charAt(end - 1) == '\r')) {
      end--;
    }
    return text.substring(0, end);
  }

  /// Puts a value in a key's place; null removes it.
  private void replace(String key, @Nullable Object value) {
    if (value == null) {
      result.remove(key);
    } else {
      result.put(key, value);
    }
  }

  private void moved(String old, String key) {
    if (result.get(key) == null && result.get(old) != null) {
      result.put(key, result.remove(old));
    }
  }

  /// Inputs, outputs or parameters as a list.
  private static @Nullable List<@Nullable Object> properties(@Nullable Object declared) {
    Object all = declared;
    if (declared instanceof Map<?, ?> schema
        && (schema.get("properties") instanceof Map || schema.get("properties") instanceof List)) {
      all = schema.get("properties");
    }
    List<@Nullable Object> list = new ArrayList<>();
    switch (all) {
      case Map<?, ?> named ->
          named.forEach((name, value) -> list.add(property(String.valueOf(name), value)));
      case List<?> items -> {
        for (Object item : items) {
          boolean map = item instanceof Map;
          list.add(map ? property(null, item) : item);
        }
      }
      case null, default -> {
        return null;
      }
    }
    return list;
  }

  private static Map<String, @Nullable Object> property(
      @Nullable String name, @Nullable Object value) {
    Map<String, @Nullable Object> property = new LinkedHashMap<>();
    if (name != null) {
      property.put("name", name);
    }
    if (!(value instanceof Map<?, ?> map) || (name != null && !PromptyProperty.isProperty(map))) {
      property.put("kind", PromptyProperty.kindOf(value));
      property.put("default", value);
      return property;
    }
    property.putAll(Metadata.copy(map));
    renamed(property, "type", "kind");
    renamed(property, "sample", "default");
    if (property.get("kind") == null) {
      property.put("kind", PromptyProperty.kindOf(property.get("default")));
    }
    return property;
  }

  static void renamed(Map<String, @Nullable Object> map, String old, String key) {
    if (map.containsKey(old) && map.get(key) == null) {
      map.put(key, map.remove(old));
    }
  }

  /// The values under `sample` of version 1 are the defaults of its inputs.
  private void sample() {
    if (!(result.get("sample") instanceof Map<?, ?> sample) || sample.isEmpty()) {
      return;
    }
    List<@Nullable Object> inputs = new ArrayList<>();
    if (result.get("inputs") instanceof List<?> declared) {
      inputs.addAll(declared);
    }
    Map<Object, Integer> places = new HashMap<>();
    for (int i = 0; i < inputs.size(); i++) {
      if (inputs.get(i) instanceof Map<?, ?> map && map.get("name") != null) {
        places.put(map.get("name"), i);
      }
    }
    sample.forEach((name, value) -> {
      Integer place = places.get(name);
      Map<String, @Nullable Object> input = new LinkedHashMap<>();
      if (place == null) {
        input.put("name", name);
        input.put("kind", PromptyProperty.kindOf(value));
        input.put("default", value);
        inputs.add(input);
        return;
      }
      input.putAll(Metadata.copy(inputs.get(place)));
      if (input.get("default") == null) {
        input.put("default", value);
        inputs.set(place, input);
      }
    });
    result.put("inputs", inputs);
  }

  private static @Nullable List<@Nullable Object> tools(@Nullable Object declared) {
    List<@Nullable Object> tools = new ArrayList<>();
    switch (declared) {
      case List<?> list -> list.forEach(tool -> tools.add(tool instanceof Map ? tool(tool) : tool));
      case Map<?, ?> named ->
          named.forEach((name, value) -> {
            Map<String, @Nullable Object> tool = new LinkedHashMap<>();
            tool.put("name", name);
            if (value instanceof Map) {
              tool.putAll(Metadata.copy(value));
            } else {
              tool.put("kind", value);
            }
            tools.add(tool(tool));
          });
      case null, default -> {
        return null;
      }
    }
    return tools;
  }

  private static Map<String, @Nullable Object> tool(Object declared) {
    Map<String, @Nullable Object> tool = Metadata.copy(declared);
    List<@Nullable Object> parameters = properties(tool.get("parameters"));
    if (parameters != null) {
      tool.put("parameters", parameters);
    }
    return tool;
  }

  /// What version 1 has at the top and version 2 under `metadata`.
  private void gathered() {
    Map<String, @Nullable Object> metadata = Metadata.copy(result.get("metadata"));
    for (String key : List.of("authors", "tags", "version")) {
      if (result.get(key) != null) {
        metadata.putIfAbsent(key, result.get(key));
      }
    }
    if (!metadata.isEmpty()) {
      result.put("metadata", metadata);
    }
  }

  private Map<String, @Nullable Object> template(@Nullable Object declared) {
    Map<String, @Nullable Object> template = Metadata.copy(declared);
    if (declared != null && !(declared instanceof Map)) {
      YamlNode node = file.at("template");
      Span span = node == null ? Span.at(0) : node.span();
      String message =
          "Invalid template format: write template: {format: " + declared + "} instead.";
      problems.accept(new Problem("invalid-template-format", span, Severity.ERROR, message));
    }
    renamed(template, "type", "format");
    template.put("format", kind(template.get("format"), "jinja2"));
    template.put("parser", kind(template.get("parser"), "prompty"));
    return template;
  }

  private static Map<String, @Nullable Object> kind(@Nullable Object given, String otherwise) {
    Map<String, @Nullable Object> kind = Metadata.copy(given);
    Object named = given instanceof String ? given : kind.get("kind");
    boolean open = named == null || named.equals("") || named.equals("*");
    kind.put("kind", open ? otherwise : named);
    return kind;
  }
}
