package dev.promptls.prompt.convert;

import dev.promptls.prompt.convert.Settings.Input;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Writes dotprompt.
final class DotpromptFile {
  private static final Set<String> SCALARS =
      Set.of("string", "number", "integer", "boolean", "null", "any");

  private DotpromptFile() {}

  static String of(Settings settings, List<Piece> pieces, Losses losses) {
    String head = Yaml.frontMatter(values(settings, losses));
    InputTypes types = InputTypes.of(settings);
    String body = HandlebarsText.of(opened(pieces), types, !head.isEmpty(), losses);
    Turn.tellBorders(pieces, "is left out when it is blank: dotprompt sends no such", losses);
    if (!head.isEmpty()) {
      return head + body + "\n";
    }
    // A line of dashes at the top would begin a front matter.
    return body.startsWith("---") ? HandlebarsTokens.NOTHING + body : body;
  }

  /// Without the role that the first message has anyway.
  private static List<Piece> opened(List<Piece> pieces) {
    boolean implied =
        !pieces.isEmpty()
            && pieces.getFirst() instanceof Piece.Role(String role, var _)
            && role.equals("user")
            && pieces.subList(1, pieces.size()).stream().noneMatch(Piece.Role.class::isInstance);
    return implied ? pieces.subList(1, pieces.size()) : pieces;
  }

  private static Map<String, @Nullable Object> values(Settings settings, Losses losses) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    put(values, "name", settings.name());
    put(values, "description", settings.description());
    put(values, "model", settings.model());
    put(values, "config", settings.config());
    Map<String, @Nullable Object> input = new LinkedHashMap<>();
    put(input, "schema", schema(settings.inputs()));
    put(input, "default", settings.defaults());
    put(values, "input", input);
    Map<String, @Nullable Object> output = new LinkedHashMap<>();
    put(output, "format", settings.outputFormat());
    if (settings.outputSchema() != null) {
      output.put("schema", settings.outputSchema());
    }
    put(values, "output", output);
    put(values, "tools", toolNames(settings, "dotprompt", losses));
    return values;
  }

  /// The tools that are named; those that are defined on the spot are lost.
  static List<?> toolNames(Settings settings, String format, Losses losses) {
    List<?> names = settings.tools().stream().filter(String.class::isInstance).toList();
    if (names.size() < settings.tools().size()) {
      losses.add(
          "the definitions of tools",
          settings.where("tools"),
          "are left out: " + format + " names tools that are defined elsewhere");
    }
    return names;
  }

  static void put(Map<String, @Nullable Object> to, String key, Object value) {
    boolean nothing =
        value.equals("")
            || (value instanceof Map<?, ?> map && map.isEmpty())
            || (value instanceof List<?> list && list.isEmpty());
    if (!nothing) {
      to.put(key, value);
    }
  }

  /// Picoschema where it can say all, else a JSON schema.
  private static Map<String, @Nullable Object> schema(List<Input> inputs) {
    Map<String, @Nullable Object> pico = new LinkedHashMap<>();
    Map<String, @Nullable Object> properties = new LinkedHashMap<>();
    boolean simple = true;
    for (Input input : inputs) {
      if (input.schema().isEmpty() || input.type().equals("thread")) {
        continue;
      }
      String type = input.type().isEmpty() ? "any" : input.type();
      simple &=
          SCALARS.contains(type)
              && Set.of("type", "description").containsAll(input.schema().keySet())
              && input.name().matches("[A-Za-z_][\\w-]*");
      String words = input.description().isEmpty() ? type : type + ", " + input.description();
      pico.put(input.name() + (input.required() ? "" : "?"), words);
      properties.put(input.name(), input.schema());
    }
    if (simple) {
      return pico;
    }
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("type", "object");
    json.put("properties", properties);
    put(json, "required", inputs.stream().filter(Input::required).map(Input::name).toList());
    return json;
  }
}
