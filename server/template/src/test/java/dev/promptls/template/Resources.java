package dev.promptls.template;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Test data: JSON as the plain values that templates work on.
public final class Resources {
  private Resources() {}

  /// A file of this module's test resources.
  public static Path of(String name) {
    return Path.of("src/test/resources", name);
  }

  /// A file of the data kept beside a full checkout, which a plain clone lacks.
  public static Path shared(String name) {
    String root = System.getProperty("promptls.root", "../..");
    return Path.of(root, "../shared/conformance", name);
  }

  public static JsonElement json(Path file) throws IOException {
    return JsonParser.parseString(Files.readString(file));
  }

  public static @Nullable Object plain(@Nullable JsonElement json) {
    return switch (json) {
      case JsonObject o -> map(o);
      case JsonArray a -> {
        List<@Nullable Object> list = new ArrayList<>();
        a.forEach(item -> list.add(plain(item)));
        yield list;
      }
      case JsonPrimitive p when p.isBoolean() -> p.getAsBoolean();
      case JsonPrimitive p when p.isNumber() -> p.getAsNumber();
      case JsonPrimitive p -> p.getAsString();
      case null, default -> null;
    };
  }

  public static Map<String, @Nullable Object> map(JsonObject json) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    json.asMap().forEach((key, value) -> map.put(key, plain(value)));
    return map;
  }
}
