package dev.promptls.prompt.schema;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Picoschema, dotprompt's short notation, to JSON schema; as the reference implementation does it
/// (google/dotprompt, `picoschema.ts`).
public final class Picoschema {
  /// The scalar types.
  public static final Set<String> SCALARS =
      Set.of("any", "boolean", "integer", "null", "number", "string");

  private static final int MAX_DEPTH = 64;
  private static final String WILDCARD = "(*)";
  private static final Pattern DESCRIPTION =
      Pattern.compile("([^\\n\\r\\u2028\\u2029]*?), *([^\\n\\r\\u2028\\u2029]*)\\z");

  private final Map<String, ? extends @Nullable Object> named;
  private final List<String> path = new ArrayList<>();

  private Picoschema(Map<String, ? extends @Nullable Object> named) {
    this.named = named;
  }

  /// The JSON schema that a value of `input.schema` or `output.schema` stands for; what is JSON
  /// schema already is passed through.
  ///
  /// @param named JSON schemas that may be referred to by name
  /// @return null if there is no schema: null, false, 0 or an empty text
  public static @Nullable Object toJsonSchema(
      @Nullable Object schema, Map<String, ? extends @Nullable Object> named)
      throws SchemaException {
    if (schema == null
        || schema.equals("")
        || schema.equals(false)
        || (schema instanceof Number number && number.doubleValue() == 0)) {
      return null;
    }
    Picoschema reader = new Picoschema(named);
    if (schema instanceof String text) {
      Described scalar = Described.of(text);
      return SCALARS.contains(scalar.type())
          ? scalar.over(Map.of("type", scalar.type()))
          : scalar.over(reader.named(scalar.type()));
    }
    if (schema instanceof Map<?, ?> map) {
      Object type = map.get("type");
      boolean known = type instanceof String name && SCALARS.contains(name);
      if (known || "object".equals(type) || "array".equals(type)) {
        return schema;
      }
      if (map.containsKey("properties") && !isScalar(map.get("properties"))) {
        Map<String, @Nullable Object> object = copy(map);
        object.put("type", "object");
        return object;
      }
    }
    return reader.pico(schema);
  }

  private static boolean isScalar(@Nullable Object value) {
    return value instanceof String || value instanceof Number || value instanceof Boolean;
  }

  private Map<String, @Nullable Object> pico(@Nullable Object schema) throws SchemaException {
    if (path.size() > MAX_DEPTH) {
      throw new SchemaException("The schema is nested deeper than " + MAX_DEPTH + ".", path);
    }
    return switch (schema) {
      case String text -> scalar(text);
      case Map<?, ?> map -> object(map);
      case List<?> list -> object(indexed(list));
      case null -> object(Map.of());
      default ->
          throw new SchemaException(
              "Picoschema is made of objects and texts only, not of " + schema + ".", path);
    };
  }

  private Map<String, @Nullable Object> scalar(String text) throws SchemaException {
    Described scalar = Described.of(text);
    if (!SCALARS.contains(scalar.type())) {
      return scalar.over(named(scalar.type()));
    }
    return scalar.over(scalar.type().equals("any") ? Map.of() : Map.of("type", scalar.type()));
  }

  private Map<String, @Nullable Object> object(Map<?, ?> map) throws SchemaException {
    Map<String, @Nullable Object> properties = new LinkedHashMap<>();
    List<String> required = new ArrayList<>();
    Object additional = false;
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      String key = String.valueOf(entry.getKey());
      path.add(key);
      if (key.equals(WILDCARD)) {
        additional = pico(entry.getValue());
      } else {
        String[] parts = key.split("\\(", -1);
        boolean optional = parts[0].endsWith("?");
        String name = optional ? parts[0].substring(0, parts[0].length() - 1) : parts[0];
        if (!optional) {
          required.add(name);
        }
        String info = parts.length > 1 ? parts[1] : "";
        properties.put(
            name,
            info.isEmpty()
                ? nullableIf(optional, pico(entry.getValue()))
                : property(info, optional, entry.getValue()));
      }
      path.removeLast();
    }
    Map<String, @Nullable Object> result = new LinkedHashMap<>();
    result.put("type", "object");
    result.put("properties", properties);
    if (!required.isEmpty()) {
      result.put("required", required);
    }
    result.put("additionalProperties", additional);
    return result;
  }

  /// @param info what stands in parentheses behind the name, the closing one included
  private Map<String, @Nullable Object> property(
      String info, boolean optional, @Nullable Object value) throws SchemaException {
    Described what = Described.of(info.substring(0, info.length() - 1));
    Map<String, @Nullable Object> property = new LinkedHashMap<>();
    switch (what.type()) {
      case "array" -> {
        property.put("type", "array");
        property.put("items", pico(value));
        property = nullableIf(optional, property);
      }
      case "object" -> property = nullableIf(optional, pico(value));
      case "enum" -> property.put("enum", optional ? withNull(value) : value);
      default ->
          throw new SchemaException(
              "A type in parentheses is array, object or enum, not " + what.type() + ".", path);
    }
    return what.over(property);
  }

  private static @Nullable Object withNull(@Nullable Object values) {
    if (!(values instanceof List<?> list) || list.contains(null)) {
      return values;
    }
    List<@Nullable Object> more = new ArrayList<>(list);
    more.add(null);
    return more;
  }

  private static Map<String, @Nullable Object> nullableIf(
      boolean optional, Map<String, @Nullable Object> schema) {
    if (optional && schema.get("type") instanceof String type) {
      schema.put("type", List.of(type, "null"));
    }
    return schema;
  }

  private Map<?, ?> named(String name) throws SchemaException {
    if (named.get(name) instanceof Map<?, ?> schema) {
      return schema;
    }
    throw new SchemaException(
        "There is no type or schema named " + name + "; write one of " + SCALARS_IN_WORDS + ".",
        path);
  }

  private static final String SCALARS_IN_WORDS = "string, number, integer, boolean, null and any";

  private static Map<String, @Nullable Object> copy(Map<?, ?> map) {
    Map<String, @Nullable Object> copy = new LinkedHashMap<>();
    map.forEach((key, value) -> copy.put(String.valueOf(key), value));
    return copy;
  }

  private static Map<String, @Nullable Object> indexed(List<?> list) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    for (int i = 0; i < list.size(); i++) {
      map.put(String.valueOf(i), list.get(i));
    }
    return map;
  }

  /// A type and what is said of it: `string, the name`.
  private record Described(String type, String description) {
    static Described of(String text) {
      Matcher matcher = text.indexOf(',') < 0 ? null : DESCRIPTION.matcher(text);
      return matcher != null && matcher.find()
          ? new Described(matcher.group(1), matcher.group(2))
          : new Described(text, "");
    }

    /// A schema with this description instead of its own, if there is one.
    Map<String, @Nullable Object> over(Map<?, ?> schema) {
      Map<String, @Nullable Object> result = copy(schema);
      if (!description.isEmpty()) {
        result.put("description", description);
      }
      return result;
    }
  }
}
