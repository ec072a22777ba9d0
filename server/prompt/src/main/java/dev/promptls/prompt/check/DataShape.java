package dev.promptls.prompt.check;

import dev.promptls.prompt.schema.Picoschema;
import dev.promptls.prompt.schema.SchemaException;
import dev.promptls.prompt.syntax.InputDeclaration;
import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.syntax.YamlNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is known of a value: the fields it may have, or what its items are like.
///
/// @param fields by name; empty for anything but an object
/// @param item what the items of a list are like; null if it is no list
/// @param open whether it may have more than is known
record DataShape(Map<String, DataShape> fields, @Nullable DataShape item, boolean open) {
  static final DataShape UNKNOWN = new DataShape(Map.of(), null, true);
  private static final DataShape SCALAR = new DataShape(Map.of(), null, false);
  private static final int MAX_DEPTH = 32;

  /// The inputs of a file, by their schema and their defaults.
  static DataShape of(PromptFile file) {
    YamlNode schema = file.at("input", "schema");
    DataShape shape = schema == null ? SCALAR : ofSchema(schema.value());
    Map<String, DataShape> fields = new HashMap<>(shape.fields);
    for (InputDeclaration input : file.inputs()) {
      DataShape given = input.defaulted() ? ofValue(input.defaultValue(), 0) : UNKNOWN;
      DataShape known = fields.get(input.name());
      fields.put(input.name(), known == null ? given : input.defaulted() ? known.or(given) : known);
    }
    return new DataShape(fields, null, shape.open);
  }

  /// What a path leads to; null if it surely leads nowhere.
  @Nullable DataShape at(List<String> path) {
    DataShape shape = this;
    for (String name : path) {
      if (shape.item != null) {
        return name.equals("length") ? SCALAR : isNumber(name) ? UNKNOWN : null;
      }
      DataShape next = shape.fields.get(name);
      if (next == null) {
        // Of a text or a number nothing is said: what it becomes, nobody declared.
        return shape.open || shape.fields.isEmpty() ? UNKNOWN : null;
      }
      shape = next;
    }
    return shape;
  }

  /// What the body of a loop over this value sees.
  DataShape each() {
    if (item != null) {
      return item;
    }
    return UNKNOWN;
  }

  private static boolean isNumber(String name) {
    return !name.isEmpty() && name.chars().allMatch(Character::isDigit);
  }

  private static DataShape ofSchema(@Nullable Object schema) {
    try {
      return ofJson(Picoschema.toJsonSchema(schema, Map.of()), 0);
    } catch (SchemaException unreadable) {
      // What is wrong with it is told where it stands; here it means that anything may be given.
      return UNKNOWN;
    }
  }

  private static DataShape ofJson(@Nullable Object schema, int depth) {
    if (!(schema instanceof Map<?, ?> map) || depth > MAX_DEPTH || map.isEmpty()) {
      return UNKNOWN;
    }
    if (map.get("items") instanceof Map<?, ?> items) {
      return new DataShape(Map.of(), ofJson(items, depth + 1), false);
    }
    if (map.get("properties") instanceof Map<?, ?> properties) {
      Map<String, DataShape> fields = new HashMap<>();
      properties.forEach((name, of) -> fields.put(String.valueOf(name), ofJson(of, depth + 1)));
      Object more = map.get("additionalProperties");
      return new DataShape(fields, null, more instanceof Map || Boolean.TRUE.equals(more));
    }
    Object type = map.get("type");
    boolean scalar = type instanceof String name && !name.equals("object") && !name.equals("array");
    return scalar || map.containsKey("enum") ? SCALAR : UNKNOWN;
  }

  private static DataShape ofValue(@Nullable Object value, int depth) {
    if (value == null || depth > MAX_DEPTH) {
      return UNKNOWN;
    }
    if (value instanceof Map<?, ?> map) {
      Map<String, DataShape> fields = new HashMap<>();
      map.forEach((name, of) -> fields.put(String.valueOf(name), ofValue(of, depth + 1)));
      return new DataShape(fields, null, fields.isEmpty());
    }
    if (value instanceof List<?> list) {
      return new DataShape(Map.of(), ofItems(list, depth + 1), false);
    }
    return SCALAR;
  }

  private static DataShape ofItems(List<?> list, int depth) {
    Map<String, DataShape> fields = new HashMap<>();
    for (Object item : list) {
      if (!(item instanceof Map<?, ?> map)) {
        return UNKNOWN;
      }
      map.forEach((name, of) -> {
        DataShape known = fields.get(String.valueOf(name));
        boolean told = known != null && !(of instanceof Map) && !(of instanceof List);
        if (!told) {
          DataShape given = ofValue(of, depth + 1);
          fields.put(String.valueOf(name), known == null ? given : known.or(given));
        }
      });
    }
    return new DataShape(fields, null, fields.isEmpty());
  }

  private DataShape or(DataShape other) {
    if (fields.isEmpty() && item == null && other.fields.isEmpty() && other.item == null) {
      return open || other.open ? UNKNOWN : SCALAR;
    }
    Map<String, DataShape> all = new HashMap<>(fields);
    other.fields.forEach((name, of) -> all.merge(name, of, DataShape::or));
    DataShape items = item == null ? other.item : other.item == null ? item : item.or(other.item);
    boolean known = !fields.isEmpty() || item != null;
    return new DataShape(all, items, known ? open : other.open);
  }
}
