package dev.promptls.prompt.render;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// JSON as the values that templates see: maps, lists, strings, `Long`, `BigInteger`, `Double`,
/// booleans and null. Integers stay integers.
public final class JsonValues {
  private JsonValues() {}

  public static @Nullable Object of(@Nullable JsonElement element) {
    return switch (element) {
      case JsonObject object -> map(object);
      case JsonArray array -> {
        List<@Nullable Object> list = new ArrayList<>(array.size());
        for (JsonElement item : array) {
          list.add(of(item));
        }
        yield list;
      }
      case JsonPrimitive primitive when primitive.isString() -> primitive.getAsString();
      case JsonPrimitive primitive when primitive.isBoolean() -> primitive.getAsBoolean();
      case JsonPrimitive primitive -> number(primitive.getAsString());
      case null, default -> null;
    };
  }

  public static Map<String, @Nullable Object> map(JsonObject object) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    for (Map.Entry<String, JsonElement> field : object.entrySet()) {
      map.put(field.getKey(), of(field.getValue()));
    }
    return map;
  }

  private static Object number(String text) {
    if (text.indexOf('.') >= 0 || text.indexOf('e') >= 0 || text.indexOf('E') >= 0) {
      return Double.parseDouble(text);
    }
    // Gson also reads NaN and Infinity.
    if (!text.isEmpty() && Character.isLetter(text.charAt(text.length() - 1))) {
      return Double.parseDouble(text);
    }
    BigDecimal number = new BigDecimal(text);
    return number.precision() <= 18 ? (Object) number.longValueExact() : number.toBigInteger();
  }
}
