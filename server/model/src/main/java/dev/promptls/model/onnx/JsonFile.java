package dev.promptls.model.onnx;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import dev.promptls.model.ModelException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A small JSON file of a stranger: whatever is not of the kind that is asked for counts as absent.
///
/// @param root empty if there is no such file
record JsonFile(Path path, JsonObject root) {
  private static final long MAX_BYTES = 4L << 20;

  static JsonFile read(Path path) throws ModelException {
    try {
      return Files.exists(path) && JsonParser.parseString(text(path)) instanceof JsonObject object
          ? new JsonFile(path, object)
          : new JsonFile(path, new JsonObject());
    } catch (JsonParseException e) {
      throw new ModelException(path + " is no valid JSON: get the model again.", e);
    }
  }

  /// The text of a file.
  ///
  /// @throws ModelException if it is too large for what it should be
  static String text(Path path) throws ModelException {
    try {
      if (Files.size(path) > MAX_BYTES) {
        throw new ModelException(path + " is larger than 4 MiB: get the model again.");
      }
      return Files.readString(path);
    } catch (CharacterCodingException e) {
      throw new ModelException(path + " is not UTF-8: get the model again.", e);
    } catch (IOException e) {
      throw new ModelException(
          "%s cannot be read (%s): look at the disk and the file's permissions."
              .formatted(path, e.getMessage()),
          e);
    }
  }

  /// The value under keys, one inside the other.
  Optional<JsonElement> get(String... keys) {
    @Nullable JsonElement value = root;
    for (String key : keys) {
      value = value instanceof JsonObject object ? object.get(key) : null;
    }
    return Optional.ofNullable(value);
  }

  Optional<String> string(String... keys) {
    return get(keys).flatMap(JsonFile::string);
  }

  /// The text of a token, which is a string or an object with its `content`.
  Optional<String> token(String key) {
    return string(key).or(() -> string(key, "content"));
  }

  Optional<Boolean> bool(String... keys) {
    return get(keys)
        .filter(value -> value instanceof JsonPrimitive primitive && primitive.isBoolean())
        .map(JsonElement::getAsBoolean);
  }

  /// A whole number that is positive and no larger than `most`.
  Optional<Integer> positive(int most, String... keys) {
    return get(keys)
        .flatMap(JsonFile::number)
        .filter(value -> value >= 1 && value <= most && value == Math.rint(value))
        .map(Double::intValue);
  }

  /// Token ids: one, a list or none.
  List<Integer> ids(String... keys) {
    List<Integer> ids = new ArrayList<>();
    get(keys)
        .ifPresent(value -> {
          JsonArray all = value instanceof JsonArray array ? array : new JsonArray();
          if (!(value instanceof JsonArray)) {
            all.add(value);
          }
          all.forEach(each ->
              number(each)
                  .filter(id -> id >= 0 && id == id.intValue())
                  .ifPresent(id -> ids.add(id.intValue())));
        });
    return ids;
  }

  private static Optional<String> string(JsonElement value) {
    return value instanceof JsonPrimitive primitive && primitive.isString()
        ? Optional.of(primitive.getAsString())
        : Optional.empty();
  }

  private static Optional<Double> number(JsonElement value) {
    try {
      return value instanceof JsonPrimitive primitive && primitive.isNumber()
          ? Optional.of(primitive.getAsDouble())
          : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
