package dev.promptls.bench;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The texts of a table of hostile files. `[1000, "x"]` stands there for a thousand times `x`, in
/// which `<n>` is the number of the repetition and `<n+1>` the next; `<n>` in the name of a partial
/// stands for any number, and in its text for the same.
final class BombTexts {
  private static final Pattern NUMBERED = Pattern.compile("(\\D*)(\\d{1,6})");

  private final JsonObject partials;
  private final Map<String, @Nullable String> known = new HashMap<>();

  /// @param table with `partials` and `bombs`
  BombTexts(JsonObject table) {
    this.partials = table.getAsJsonObject("partials");
  }

  /// The text of a partial; null if there is none of this name.
  @Nullable String partial(String name) {
    return known.computeIfAbsent(name, this::written);
  }

  private @Nullable String written(String name) {
    if (partials.has(name)) {
      return text(partials.getAsJsonArray(name), 0);
    }
    Matcher numbered = NUMBERED.matcher(name);
    JsonArray any = numbered.matches() ? partials.getAsJsonArray(numbered.group(1) + "<n>") : null;
    return any == null ? null : text(any, Integer.parseInt(numbered.group(2)));
  }

  static String text(JsonElement parts) {
    return text(parts.getAsJsonArray(), 0);
  }

  private static String text(JsonArray parts, int number) {
    StringBuilder text = new StringBuilder();
    for (JsonElement part : parts) {
      if (part instanceof JsonArray repeated) {
        for (int i = 1; i <= repeated.get(0).getAsInt(); i++) {
          text.append(numbered(repeated.get(1).getAsString(), i));
        }
      } else {
        text.append(numbered(part.getAsString(), number));
      }
    }
    return text.toString();
  }

  private static String numbered(String text, int number) {
    return text.indexOf('<') < 0
        ? text
        : text.replace("<n>", "" + number).replace("<n+1>", "" + (number + 1));
  }
}
