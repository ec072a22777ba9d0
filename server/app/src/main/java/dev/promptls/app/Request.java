package dev.promptls.app;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.promptls.app.JsonLines.BadRequest;
import dev.promptls.lab.Json;
import dev.promptls.model.Input;
import dev.promptls.model.ModelInfo;
import dev.promptls.model.TokenIds;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The fields of one request of `--jsonl`, each checked as it is asked for.
record Request(JsonObject fields) {
  boolean has(String name) {
    return !(fields.get(name) == null || fields.get(name) instanceof JsonNull);
  }

  String text(String name) throws BadRequest {
    String text = optionalText(name);
    if (text == null) {
      throw new BadRequest("The request needs the field '" + name + "'.");
    }
    return text;
  }

  @Nullable String optionalText(String name) throws BadRequest {
    if (!has(name)) {
      return null;
    }
    if (fields.get(name) instanceof JsonPrimitive value && value.isString()) {
      return value.getAsString();
    }
    throw new BadRequest("The field '" + name + "' must be a string.");
  }

  boolean flag(String name) throws BadRequest {
    if (!has(name)) {
      return false;
    }
    if (fields.get(name) instanceof JsonPrimitive value && value.isBoolean()) {
      return value.getAsBoolean();
    }
    throw new BadRequest("The field '" + name + "' must be true or false.");
  }

  double number(String name, double otherwise) throws BadRequest {
    if (!has(name)) {
      return otherwise;
    }
    if (fields.get(name) instanceof JsonPrimitive value
        && value.isNumber()
        && Double.isFinite(value.getAsDouble())) {
      return value.getAsDouble();
    }
    throw new BadRequest("The field '" + name + "' must be a number.");
  }

  long integer(String name, long otherwise, long least, long most) throws BadRequest {
    double number = number(name, (double) otherwise);
    if (number != Math.rint(number) || number < least || number > most) {
      throw new BadRequest(
          "The field '%s' must be a whole number from %d to %d.".formatted(name, least, most));
    }
    return fields.has(name) ? (long) number : otherwise;
  }

  /// A list of strings; one string counts as a list of it.
  List<String> texts(String name) throws BadRequest {
    List<String> texts = new ArrayList<>();
    if (has(name)) {
      JsonElement value = fields.get(name);
      for (JsonElement item : value instanceof JsonArray array ? array : List.of(value)) {
        if (!(item instanceof JsonPrimitive text && text.isString())) {
          throw new BadRequest("The field '" + name + "' must be a list of strings.");
        }
        texts.add(item.getAsString());
      }
    }
    return texts;
  }

  /// An object's members as plain maps, lists, strings, numbers, booleans and null.
  Map<String, @Nullable Object> map(String name) throws BadRequest {
    if (!has(name)) {
      return Map.of();
    }
    if (!(fields.get(name) instanceof JsonObject object)) {
      throw new BadRequest("The field '" + name + "' must be an object.");
    }
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    object.entrySet().forEach(entry -> map.put(entry.getKey(), Json.plain(entry.getValue())));
    return map;
  }

  /// What to continue or to score: `text` or `ids`.
  Input input(ModelInfo model) throws BadRequest {
    if (has("text") == has("ids")) {
      throw new BadRequest("The request needs either 'text' or 'ids'.");
    }
    int vocabulary = model.vocabularySize() > 0 ? model.vocabularySize() : Integer.MAX_VALUE;
    return has("text") ? new Input.Text(text("text")) : new Input.Ids(ids(vocabulary));
  }

  private TokenIds ids(int vocabulary) throws BadRequest {
    List<Integer> ids = new ArrayList<>();
    if (!(fields.get("ids") instanceof JsonArray array)) {
      throw new BadRequest("The field 'ids' must be a list of token ids.");
    }
    for (JsonElement item : array) {
      if (!(item instanceof JsonPrimitive number
          && number.isNumber()
          && number.getAsDouble() == Math.rint(number.getAsDouble())
          && number.getAsDouble() >= 0
          && number.getAsDouble() < vocabulary)) {
        throw new BadRequest(
            "The field 'ids' must be a list of token ids from 0 to %d.".formatted(vocabulary - 1));
      }
      ids.add((int) number.getAsDouble());
    }
    return TokenIds.of(ids.stream().mapToInt(Integer::intValue).toArray());
  }
}
