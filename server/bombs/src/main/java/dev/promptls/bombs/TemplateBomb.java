package dev.promptls.bombs;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;

/// A hostile template.
///
/// @param language `jinja`, `handlebars` or `mustache`
/// @param parts of its text
/// @param stops what the sentence says that it ends with
public record TemplateBomb(String name, String language, JsonArray parts, String stops) {
  static TemplateBomb of(JsonObject json) {
    return new TemplateBomb(
        json.get("name").getAsString(),
        json.get("language").getAsString(),
        json.getAsJsonArray("template"),
        json.get("stops").getAsString());
  }

  /// Its text, made anew.
  public String text() {
    return BombTable.text(parts);
  }
}
