package dev.promptls.prompt.syntax;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What Prompty's shorthands for an input mean (§2.7 of its specification).
public final class PromptyProperty {
  /// Keys that only a description of an input has; a map without them is a default value.
  private static final Set<String> KEYS =
      Set.of(
          "kind",
          "type",
          "description",
          "required",
          "nullable",
          "default",
          "sample",
          "example",
          "enumValues",
          "items",
          "properties",
          "oneOf",
          "anyOf");

  private PromptyProperty() {}

  /// Whether a map describes an input, rather than being its default value.
  public static boolean isProperty(Map<?, ?> map) {
    return map.isEmpty() || map.keySet().stream().anyMatch(KEYS::contains);
  }

  static boolean isProperty(YamlNode node) {
    return node instanceof YamlNode.Mapping mapping && isProperty(mapping.value());
  }

  /// The kind of a value.
  public static String kindOf(@Nullable Object value) {
    return switch (value) {
      case Boolean _ -> "boolean";
      case Double _ -> "float";
      case Number _ -> "integer";
      case List<?> _ -> "array";
      case Map<?, ?> _ -> "object";
      case null, default -> "string";
    };
  }
}
