package dev.promptls.prompt;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.promptls.prompt.render.PartialResolver;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The hostile prompts of `bombs.json`. `[1000, "x"]` stands there for a thousand times `x`, in
/// which `<n>` is the number of the repetition and `<n+1>` the next; `<n>` in the name of a partial
/// stands for any number, and in its text for the same.
record Bombs(PartialResolver partials, List<Bomb> all) {
  private static final Pattern NUMBERED = Pattern.compile("(\\D*)(\\d{1,6})");

  /// @param finds codes that are told of it, by the rules or when it is rendered
  record Bomb(String name, String file, JsonArray parts, List<String> finds) {
    String text() {
      return Bombs.text(parts, 0);
    }
  }

  static Bombs read() throws IOException {
    try (InputStream in = Objects.requireNonNull(Bombs.class.getResourceAsStream("/bombs.json"))) {
      JsonObject json =
          JsonParser.parseReader(new InputStreamReader(in, StandardCharsets.UTF_8))
              .getAsJsonObject();
      JsonObject texts = json.getAsJsonObject("partials");
      Map<String, @Nullable String> known = new HashMap<>();
      return new Bombs(
          name -> known.computeIfAbsent(name, any -> partial(texts, any)),
          json.getAsJsonArray("bombs").asList().stream()
              .map(JsonElement::getAsJsonObject)
              .map(Bombs::bomb)
              .toList());
    }
  }

  private static Bomb bomb(JsonObject json) {
    return new Bomb(
        json.get("name").getAsString(),
        json.get("file").getAsString(),
        json.getAsJsonArray("text"),
        json.getAsJsonArray("finds").asList().stream().map(JsonElement::getAsString).toList());
  }

  private static @Nullable String partial(JsonObject texts, String name) {
    if (texts.has(name)) {
      return text(texts.getAsJsonArray(name), 0);
    }
    Matcher numbered = NUMBERED.matcher(name);
    JsonArray any = numbered.matches() ? texts.getAsJsonArray(numbered.group(1) + "<n>") : null;
    return any == null ? null : text(any, Integer.parseInt(numbered.group(2)));
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
