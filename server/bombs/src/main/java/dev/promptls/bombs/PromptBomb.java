package dev.promptls.bombs;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.List;

/// A hostile prompt.
///
/// @param file its name
/// @param parts of its text
/// @param finds codes that are told of it, by the rules or when it is rendered
public record PromptBomb(String name, String file, JsonArray parts, List<String> finds) {
  static PromptBomb of(JsonObject json) {
    return new PromptBomb(
        json.get("name").getAsString(),
        json.get("file").getAsString(),
        json.getAsJsonArray("text"),
        json.getAsJsonArray("finds").asList().stream().map(JsonElement::getAsString).toList());
  }

  /// Its text, made anew.
  public String text() {
    return BombTable.text(parts);
  }
}
