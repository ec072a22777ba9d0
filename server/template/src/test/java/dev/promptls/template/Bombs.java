package dev.promptls.template;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.promptls.template.handlebars.Handlebars;
import dev.promptls.template.jinja.Jinja;
import dev.promptls.template.mustache.Mustache;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The hostile templates of a file. `[1000, "x"]` stands there for a thousand times `x`: as a text
/// in a template, as a list in a variable.
record Bombs(Map<String, Object> variables, List<Bomb> all) {
  /// @param stops what the sentence says that it ends with
  record Bomb(
      String name, String language, String source, String stops, Map<String, String> partials) {
    /// A template that is still to be parsed.
    @FunctionalInterface
    interface Unparsed {
      Template parse() throws TemplateException;
    }

    Unparsed template() {
      return switch (language) {
        case "jinja" -> () -> Jinja.parse(source, Jinja.Options.python());
        case "mustache" -> () -> Mustache.parse(source);
        default ->
            () -> Handlebars.parse(source, Handlebars.Options.plain().withPartials(partials::get));
      };
    }
  }

  static Bombs read(Path file) throws IOException {
    JsonObject json = Resources.json(file).getAsJsonObject();
    Map<String, String> partials = new HashMap<>();
    json.getAsJsonObject("partials")
        .asMap()
        .forEach((name, text) -> partials.put(name, text(text.getAsJsonArray())));
    Map<String, Object> variables = new HashMap<>();
    json.getAsJsonObject("variables")
        .asMap()
        .forEach((name, value) -> variables.put(name, variable(value)));
    List<Bomb> all =
        json.getAsJsonArray("bombs").asList().stream()
            .map(JsonElement::getAsJsonObject)
            .map(bomb ->
                new Bomb(
                    bomb.get("name").getAsString(),
                    bomb.get("language").getAsString(),
                    text(bomb.getAsJsonArray("template")),
                    bomb.get("stops").getAsString(),
                    partials))
            .toList();
    return new Bombs(variables, all);
  }

  private static String text(JsonArray parts) {
    StringBuilder text = new StringBuilder();
    for (JsonElement part : parts) {
      if (part instanceof JsonArray repeated) {
        text.repeat(repeated.get(1).getAsString(), repeated.get(0).getAsInt());
      } else {
        text.append(part.getAsString());
      }
    }
    return text.toString();
  }

  private static Object variable(JsonElement value) {
    return value instanceof JsonArray repeated
        ? Collections.nCopies(repeated.get(0).getAsInt(), repeated.get(1).getAsString())
        : value.getAsLong();
  }
}
