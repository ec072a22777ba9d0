package dev.promptls.lsp.session;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.promptls.prompt.check.Checks;
import dev.promptls.prompt.check.LintSettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Reads settings as a client gives them: nested or with dots in their names, with or without
/// `promptls` around them. What is not as it must be is as if it were not there, and noted.
final class GivenSettings {
  private static final String ROOT = "promptls";

  private final JsonObject given;
  private final List<String> mistakes = new ArrayList<>();

  GivenSettings(@Nullable JsonElement given) {
    JsonObject json = given instanceof JsonObject object ? object : new JsonObject();
    this.given = json.get(ROOT) instanceof JsonObject inner ? inner : json;
  }

  /// What is wrong, a sentence for each setting.
  List<String> mistakes() {
    return List.copyOf(mistakes);
  }

  boolean flag(String name, boolean otherwise) {
    return find(name)
        .filter(value -> isFit(name, value, isPrimitive(JsonPrimitive::isBoolean), "true or false"))
        .map(JsonElement::getAsBoolean)
        .orElse(otherwise);
  }

  int whole(String name, int low, int high, int otherwise) {
    return (int) number(name, low, high, otherwise, "a whole number", n -> n == Math.rint(n));
  }

  double number(String name, double low, double high, double otherwise) {
    return number(name, low, high, otherwise, "a number", n -> true);
  }

  private double number(
      String name, double low, double high, double otherwise, String kind, Predicate<Double> also) {
    Predicate<JsonPrimitive> fits =
        value ->
            value.isNumber()
                && value.getAsDouble() >= low
                && value.getAsDouble() <= high
                && also.test(value.getAsDouble());
    String wanted = "%s from %s to %s".formatted(kind, shown(low), shown(high));
    return find(name)
        .filter(value -> isFit(name, value, isPrimitive(fits), wanted))
        .map(JsonElement::getAsDouble)
        .orElse(otherwise);
  }

  private static String shown(double number) {
    return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
  }

  /// A text; empty too if it is blank, as an editor writes what is not set.
  ///
  /// @param wanted what the text must be, as in "must be …"
  Optional<String> text(String name, Predicate<String> fits, String wanted) {
    return find(name)
        .filter(value -> !isText(String::isBlank).test(value))
        .filter(value -> isFit(name, value, isText(fits), wanted))
        .map(JsonElement::getAsString);
  }

  /// Those of some texts that are as they must be, each once.
  ///
  /// @param wanted what each text must be, as in "must each be …"
  List<String> texts(String name, int most, Predicate<String> fits, String wanted) {
    String list = "a list of at most %d texts, each of them %s".formatted(most, wanted);
    return find(name)
        .filter(value -> isFit(name, value, JsonArray.class::isInstance, list))
        .map(value ->
            value.getAsJsonArray().asList().stream()
                .distinct()
                .limit(most)
                .filter(each -> isFit(name, each, isText(fits), list))
                .map(JsonElement::getAsString)
                .toList())
        .orElse(List.of());
  }

  /// How much findings matter, by the code of their rule.
  Map<String, String> lint() {
    var levels = new HashMap<String, String>();
    rules()
        .forEach(rule -> {
          String name = "lint." + rule.getKey();
          JsonElement value = rule.getValue();
          if (Checks.rule(rule.getKey()) == null) {
            mistakes.add("There is no rule for the setting %s.%s.".formatted(ROOT, name));
          } else if (value instanceof JsonPrimitive level && level.getAsString().equals("false")) {
            levels.put(rule.getKey(), "off");
          } else if (isFit(
              name, value, isText(LintSettings::isLevel), "off, hint, info, warning or error")) {
            levels.put(rule.getKey(), value.getAsString());
          }
        });
    return Map.copyOf(levels);
  }

  /// What is said of each rule, also of those whose names are written with dots.
  private Set<Map.Entry<String, JsonElement>> rules() {
    var rules = new LinkedHashMap<String, JsonElement>();
    for (String start : new String[] {"lint.", ROOT + ".lint."}) {
      given
          .asMap()
          .forEach((name, value) -> {
            if (name.startsWith(start)) {
              rules.put(name.substring(start.length()), value);
            }
          });
    }
    if (find("lint").orElse(null) instanceof JsonObject more) {
      rules.putAll(more.asMap());
    }
    return rules.entrySet();
  }

  private boolean isFit(
      String name, JsonElement value, Predicate<JsonElement> fits, String wanted) {
    boolean fit = fits.test(value);
    if (!fit) {
      mistakes.add(
          "The setting %s.%s must be %s; what is not is left out.".formatted(ROOT, name, wanted));
    }
    return fit;
  }

  private static Predicate<JsonElement> isPrimitive(Predicate<JsonPrimitive> fits) {
    return value -> value instanceof JsonPrimitive primitive && fits.test(primitive);
  }

  private static Predicate<JsonElement> isText(Predicate<String> fits) {
    return isPrimitive(value -> value.isString() && fits.test(value.getAsString()));
  }

  /// A setting; empty if it is not there or null, as an editor writes what has no default.
  private Optional<JsonElement> find(String name) {
    return find(given, name).filter(value -> !value.isJsonNull());
  }

  private static Optional<JsonElement> find(JsonObject json, String name) {
    for (String written : new String[] {name, ROOT + "." + name}) {
      if (json.has(written)) {
        return Optional.of(json.get(written));
      }
    }
    int dot = name.indexOf('.');
    return dot > 0 && json.get(name.substring(0, dot)) instanceof JsonObject inner
        ? find(inner, name.substring(dot + 1))
        : Optional.empty();
  }
}
