package dev.promptls.prompt.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Values (maps, lists, strings, numbers, booleans and null) as the nodes that the schema library
/// reads; as many of them as may be checked.
final class JsonTree {
  private static final int MAX_DEPTH = 100;
  private static final int MAX_NODES = 200_000;
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private int nodes;

  private JsonTree() {}

  /// @throws Meter.Exceeded if the value is nested deeper than 100 or has more than 200,000 parts
  static JsonNode of(@Nullable Object value) {
    return new JsonTree().node(value, 0);
  }

  private JsonNode node(@Nullable Object value, int depth) {
    if (depth > MAX_DEPTH || ++nodes > MAX_NODES) {
      throw new Meter.Exceeded();
    }
    return switch (value) {
      case null -> NODES.nullNode();
      case Map<?, ?> map -> {
        ObjectNode object = NODES.objectNode();
        map.forEach((key, field) -> object.set(String.valueOf(key), node(field, depth + 1)));
        yield object;
      }
      case List<?> list -> {
        ArrayNode array = NODES.arrayNode(list.size());
        list.forEach(item -> array.add(node(item, depth + 1)));
        yield array;
      }
      case Boolean truth -> NODES.booleanNode(truth);
      case Long number -> NODES.numberNode(number);
      case Integer number -> NODES.numberNode(number.longValue());
      case BigInteger number -> NODES.numberNode(number);
      case Number number -> NODES.numberNode(number.doubleValue());
      default -> NODES.textNode(value.toString());
    };
  }
}
