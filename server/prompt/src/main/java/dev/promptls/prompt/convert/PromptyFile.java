package dev.promptls.prompt.convert;

import dev.promptls.prompt.convert.Settings.Input;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Writes Prompty, version 2.
final class PromptyFile {
  private PromptyFile() {}

  static String of(Settings settings, List<Piece> pieces, Losses losses) {
    String body = JinjaText.of(pieces, InputTypes.of(settings), history(pieces), losses);
    Turn.tellBorders(pieces, "is sent when it is blank: dotprompt leaves it out", losses);
    return "---\n" + Yaml.of(values(settings, pieces, losses)) + "---\n" + body;
  }

  private static Map<String, @Nullable Object> values(
      Settings settings, List<Piece> pieces, Losses losses) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    values.put("name", settings.name().isEmpty() ? "prompt" : settings.name());
    DotpromptFile.put(values, "description", settings.description());
    Map<String, @Nullable Object> model = new LinkedHashMap<>();
    DotpromptFile.put(model, "id", settings.model());
    DotpromptFile.put(model, "options", settings.config());
    DotpromptFile.put(values, "model", model);
    List<Object> inputs = new ArrayList<>();
    settings.inputs().forEach(input -> inputs.add(input(input)));
    history(pieces)
        .forEach(name -> {
          if (settings.inputs().stream().noneMatch(input -> input.name().equals(name))) {
            inputs.add(Map.of("name", name, "kind", "thread"));
          }
        });
    DotpromptFile.put(values, "inputs", inputs);
    Map<String, @Nullable Object> output = settings.outputSchema();
    if (output != null) {
      DotpromptFile.put(values, "outputs", properties(output));
    } else if (!settings.outputFormat().isEmpty() && !settings.outputFormat().equals("text")) {
      losses.add(
          "the output format " + settings.outputFormat(),
          settings.where("output"),
          "is left out: Prompty names outputs one by one");
    }
    if (!settings.tools().isEmpty()) {
      losses.add(
          "the list of tools",
          settings.where("tools"),
          "is left out: Prompty defines tools in full");
    }
    Map<String, @Nullable Object> format = new LinkedHashMap<>();
    format.put("kind", "jinja2");
    Map<String, @Nullable Object> template = new LinkedHashMap<>();
    template.put("format", format);
    template.put("parser", new LinkedHashMap<>(Map.of("kind", "prompty")));
    values.put("template", template);
    return values;
  }

  private static Set<String> history(List<Piece> pieces) {
    Set<String> names = new HashSet<>();
    for (Piece piece : pieces) {
      switch (piece) {
        case Piece.History(String name, var _) -> names.add(name == null ? "history" : name);
        case Piece.If condition -> {
          names.addAll(history(condition.then()));
          names.addAll(history(condition.otherwise()));
        }
        case Piece.Each each -> names.addAll(history(each.body()));
        default -> {}
      }
    }
    return names;
  }

  /// Required inputs without a value keep a Prompty file from being rendered; elsewhere they do
  /// not.
  private static Map<String, @Nullable Object> input(Input input) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    values.put("name", input.name());
    values.putAll(property(input.schema(), input.type()));
    if (input.defaulted() && input.value() != null) {
      values.put("default", input.value());
    }
    return values;
  }

  private static Map<String, @Nullable Object> property(Map<?, ?> schema, String type) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    String kind = type.equals("number") ? "float" : type;
    values.put(
        "kind", kind.isEmpty() || kind.equals("any") || kind.equals("null") ? "string" : kind);
    if (schema.get("description") instanceof String text) {
      values.put("description", text);
    }
    if (schema.get("enum") instanceof List<?> choices) {
      values.put("enumValues", choices);
    }
    if (schema.get("items") instanceof Map<?, ?> items) {
      values.put("items", property(items, SettingsReader.text(items.get("type"))));
    }
    if (schema.get("properties") instanceof Map<?, ?>) {
      values.put("properties", properties(schema));
    }
    return values;
  }

  private static List<Object> properties(Map<?, ?> schema) {
    List<Object> properties = new ArrayList<>();
    SettingsReader.map(schema.get("properties"))
        .forEach((name, each) -> {
          Map<String, @Nullable Object> field = SettingsReader.map(each);
          Object type =
              field.get("type") instanceof List<?> several && !several.isEmpty()
                  ? several.getFirst()
                  : field.get("type");
          Map<String, @Nullable Object> values = new LinkedHashMap<>();
          values.put("name", name);
          values.putAll(property(field, SettingsReader.text(type)));
          properties.add(values);
        });
    return properties;
  }
}
