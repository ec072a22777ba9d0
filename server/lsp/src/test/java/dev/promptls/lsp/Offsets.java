package dev.promptls.lsp;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.Map;
import java.util.Set;

/// Rewrites replies so that they can be compared across encodings: each position becomes its offset
/// in UTF-16 units, found by the reference, which refuses what lies nowhere.
///
/// @param texts of the files that replies speak of, by URI
/// @param encoding of the positions
record Offsets(Map<String, String> texts, String encoding) {
  /// What differs from one session to the next, and what only the server reads.
  private static final Set<String> LEFT_OUT = Set.of("data", "resultId", "millis", "timing");

  ReferencePositions in(String uri) {
    String text = texts.get(uri);
    if (text == null) {
      throw new AssertionError("A reply speaks of an unknown file: " + uri);
    }
    return new ReferencePositions(text, encoding);
  }

  /// @param uri of the document that positions belong to where nothing else is said
  JsonElement of(JsonElement reply, String uri) {
    return switch (reply) {
      case JsonObject object when object.has("line") && object.has("character") ->
          new JsonPrimitive(in(uri).offset(object));
      case JsonObject object when object.has("startLine") -> folding(object, uri);
      case JsonObject object -> fields(object, named(object, uri));
      case JsonArray array -> {
        var all = new JsonArray();
        array.forEach(each -> all.add(of(each, uri)));
        yield all;
      }
      case JsonPrimitive text when text.isString() ->
          new JsonPrimitive(text.getAsString().replaceAll("\\d+ ms", "some ms"));
      default -> reply;
    };
  }

  /// The file that the positions in an object belong to.
  private static String named(JsonObject object, String uri) {
    if (object.get("uri") instanceof JsonPrimitive other && object.has("range")) {
      return other.getAsString();
    }
    if (object.get("targetUri") instanceof JsonPrimitive other) {
      return other.getAsString();
    }
    return object.get("textDocument") instanceof JsonObject document
        ? document.get("uri").getAsString()
        : uri;
  }

  private JsonObject fields(JsonObject object, String uri) {
    var all = new JsonObject();
    for (Map.Entry<String, JsonElement> field : object.entrySet()) {
      if (field.getKey().equals("changes") && field.getValue() instanceof JsonObject changes) {
        var files = new JsonObject();
        changes
            .entrySet()
            .forEach(file -> files.add(file.getKey(), of(file.getValue(), file.getKey())));
        all.add("changes", files);
      } else if (!LEFT_OUT.contains(field.getKey())) {
        all.add(field.getKey(), of(field.getValue(), uri));
      }
    }
    return all;
  }

  private JsonObject folding(JsonObject range, String uri) {
    JsonObject all = range.deepCopy();
    for (String end : new String[] {"start", "end"}) {
      var position = new JsonObject();
      position.add("line", range.get(end + "Line"));
      position.addProperty("character", 0);
      if (range.get(end + "Character") instanceof JsonPrimitive character) {
        position.add("character", character);
        all.remove(end + "Character");
      }
      all.addProperty(end + "Offset", in(uri).offset(position));
    }
    return all;
  }

  /// Semantic tokens as start, end, type and modifiers each.
  JsonElement tokens(JsonElement data, String uri) {
    if (!(data instanceof JsonArray numbers)) {
      return JsonNull.INSTANCE;
    }
    var all = new JsonArray();
    var position = new JsonObject();
    int line = 0;
    int character = 0;
    for (int i = 0; i < numbers.size(); i += 5) {
      int down = numbers.get(i).getAsInt();
      line += down;
      character = (down == 0 ? character : 0) + numbers.get(i + 1).getAsInt();
      position.addProperty("line", line);
      position.addProperty("character", character);
      all.add(in(uri).offset(position));
      position.addProperty("character", character + numbers.get(i + 2).getAsInt());
      all.add(in(uri).offset(position));
      all.add(numbers.get(i + 3));
      all.add(numbers.get(i + 4));
    }
    return all;
  }

  /// Token data after the edits of a delta.
  static JsonArray patched(JsonArray data, JsonArray edits) {
    JsonArray now = data;
    for (int i = edits.size() - 1; i >= 0; i--) {
      JsonObject edit = edits.get(i).getAsJsonObject();
      int start = edit.get("start").getAsInt();
      int end = start + edit.get("deleteCount").getAsInt();
      var next = new JsonArray();
      for (int at = 0; at < start; at++) {
        next.add(now.get(at));
      }
      if (edit.get("data") instanceof JsonArray inserted) {
        next.addAll(inserted);
      }
      for (int at = end; at < now.size(); at++) {
        next.add(now.get(at));
      }
      now = next;
    }
    return now;
  }
}
