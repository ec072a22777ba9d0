package dev.promptls.bombs;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The bombs of a file, and what they refer to. `[1000, "x"]` stands there for a thousand times
/// `x`, in which `<n>` is the number of the repetition and `<n+1>` the next; `<n>` in the name of a
/// partial stands for any number, and in its text for the same.
///
/// @param <B> a kind of bombs
public final class BombTable<B> {
  private static final Pattern NUMBERED = Pattern.compile("(\\D*)(\\d{1,6})");

  private final JsonObject json;
  private final List<B> bombs;
  private final Map<String, @Nullable String> known = new HashMap<>();

  private BombTable(JsonObject json, Function<JsonObject, B> bomb) {
    this.json = json;
    this.bombs =
        json.getAsJsonArray("bombs").asList().stream()
            .map(JsonElement::getAsJsonObject)
            .map(bomb)
            .toList();
  }

  public static BombTable<TemplateBomb> templates() throws IOException {
    return new BombTable<>(read("templates.json"), TemplateBomb::of);
  }

  public static BombTable<PromptBomb> prompts() throws IOException {
    return new BombTable<>(read("prompts.json"), PromptBomb::of);
  }

  private static JsonObject read(String name) throws IOException {
    try (InputStream in = Objects.requireNonNull(BombTable.class.getResourceAsStream(name))) {
      return JsonParser.parseReader(new InputStreamReader(in, StandardCharsets.UTF_8))
          .getAsJsonObject();
    }
  }

  public List<B> bombs() {
    return bombs;
  }

  /// The values that templates work on: numbers, and lists of one text many times.
  public Map<String, Object> variables() {
    Map<String, Object> variables = new HashMap<>();
    json.getAsJsonObject("variables")
        .asMap()
        .forEach((name, value) -> variables.put(name, variable(value)));
    return variables;
  }

  private static Object variable(JsonElement value) {
    return value instanceof JsonArray repeated
        ? Collections.nCopies(repeated.get(0).getAsInt(), repeated.get(1).getAsString())
        : value.getAsLong();
  }

  /// The text of a partial; null if there is none of this name.
  public @Nullable String partial(String name) {
    return known.computeIfAbsent(name, this::written);
  }

  private @Nullable String written(String name) {
    JsonObject partials = json.getAsJsonObject("partials");
    if (partials.has(name)) {
      return text(partials.getAsJsonArray(name), 0);
    }
    Matcher numbered = NUMBERED.matcher(name);
    JsonArray any = numbered.matches() ? partials.getAsJsonArray(numbered.group(1) + "<n>") : null;
    return any == null ? null : text(any, Integer.parseInt(numbered.group(2)));
  }

  static String text(JsonArray parts) {
    return text(parts, 0);
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
