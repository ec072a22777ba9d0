package dev.promptls.prompt.syntax;

import java.util.ArrayList;
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

  /// Where inputs and outputs are described, by their names now and before.
  private static final List<String> HOLDERS =
      List.of("inputs", "inputSchema", "outputs", "outputSchema");

  private static final int MAX_DEPTH = 20;

  private PromptyProperty() {}

  /// The kinds that a file's inputs and outputs are said to be of, in no order.
  public static List<YamlNode.Scalar> kinds(PromptFile file) {
    List<YamlNode.Scalar> kinds = new ArrayList<>();
    for (String holder : HOLDERS) {
      YamlNode described = file.at(holder);
      if (described != null) {
        kinds(described, false, MAX_DEPTH, kinds);
      }
    }
    return kinds;
  }

  /// @param described whether the node describes one input, rather than being a list or map of them
  private static void kinds(
      YamlNode node, boolean described, int depth, List<YamlNode.Scalar> found) {
    if (depth == 0) {
      return;
    }
    switch (node) {
      case YamlNode.Sequence list ->
          list.items().forEach(item -> kinds(item, true, depth - 1, found));
      case YamlNode.Mapping map when described && isProperty(map) -> {
        for (String key : List.of("kind", "type")) {
          if (map.get(key) instanceof YamlNode.Scalar kind) {
            found.add(kind);
          }
        }
        YamlNode properties = map.get("properties");
        if (properties != null) {
          kinds(properties, false, depth - 1, found);
        }
      }
      case YamlNode.Mapping map when !described ->
          map.entries().forEach(entry -> kinds(entry.value(), true, depth - 1, found));
      case YamlNode.Mapping _, YamlNode.Scalar _ -> {}
    }
  }

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
