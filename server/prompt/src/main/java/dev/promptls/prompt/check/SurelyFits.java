package dev.promptls.prompt.check;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Whether a value fits a schema made of the plainest words only, which most are. Saves loading the
/// library that knows all words, for files that have nothing to complain of.
final class SurelyFits {
  private static final int MAX_DEPTH = 32;
  private static final Set<String> PLAIN =
      Set.of(
          "type", "properties", "required", "items", "additionalProperties", "enum", "description");

  private SurelyFits() {}

  /// False also if it is not known.
  static boolean check(@Nullable Object schema, @Nullable Object value) {
    return fits(schema, value, 0);
  }

  private static boolean fits(@Nullable Object schema, @Nullable Object value, int depth) {
    if (!(schema instanceof Map<?, ?> map)
        || depth > MAX_DEPTH
        || map.keySet().stream()
            .anyMatch(key -> !(key instanceof String) || !PLAIN.contains(key))) {
      return false;
    }
    if (map.containsKey("enum")
        && !(map.get("enum") instanceof List<?> values && values.contains(value))) {
      return false;
    }
    return isOf(map.get("type"), value)
        && (!(value instanceof Map<?, ?> fields) || fields(map, fields, depth))
        && (!(value instanceof List<?> items) || items(map, items, depth));
  }

  private static boolean fields(Map<?, ?> schema, Map<?, ?> fields, int depth) {
    Map<?, ?> known = schema.get("properties") instanceof Map<?, ?> given ? given : Map.of();
    // At the top a missing default is no fault: a value may still be given.
    boolean complete =
        depth == 0
            || !(schema.get("required") instanceof List<?> names)
            || fields.keySet().containsAll(names);
    for (Map.Entry<?, ?> field : fields.entrySet()) {
      Object of = known.get(field.getKey());
      Object more = schema.get("additionalProperties");
      boolean free = of == null && (more == null || Boolean.TRUE.equals(more));
      if (!free && !fits(of == null ? more : of, field.getValue(), depth + 1)) {
        return false;
      }
    }
    return complete;
  }

  private static boolean items(Map<?, ?> schema, List<?> items, int depth) {
    Object of = schema.get("items");
    return of == null || items.stream().allMatch(item -> fits(of, item, depth + 1));
  }

  private static boolean isOf(@Nullable Object type, @Nullable Object value) {
    if (type instanceof List<?> types) {
      return types.stream().anyMatch(each -> isOf(each, value));
    }
    if (type == null || "any".equals(type)) {
      return true;
    }
    return switch (String.valueOf(type)) {
      case "string" -> value instanceof String;
      case "boolean" -> value instanceof Boolean;
      case "integer" -> value instanceof Long || value instanceof Integer;
      case "number" -> value instanceof Number;
      case "null" -> value == null;
      case "array" -> value instanceof List;
      case "object" -> value instanceof Map;
      default -> false;
    };
  }
}
