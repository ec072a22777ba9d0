package dev.promptls.lsp.session;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the client may set under `promptls`. Endpoints, model paths and environment variables are
/// not among it: these come from the user's own settings file alone.
///
/// @param model the name of a model, null to leave the choice open
/// @param device where the model runs, null to leave it to the user's settings
/// @param threads for arithmetic, 0 to leave it to the user's settings
/// @param debounceMillis how long to wait for the next keystroke before ghost text is asked for
/// @param inlineTokens the most tokens of a ghost text
/// @param warnAt the share of the context window, 0 to 1, from which a prompt is said to be large
/// @param autoPull whether the default model is downloaded without asking
/// @param rerunOnSave whether a prompt's stale answers are asked for again when it is saved
/// @param heatMap whether a surprisal that was asked for is shown in colours
/// @param tokenizers of further models that tokens are counted for
/// @param lint what the client says of single rules, by their code: `off` or a severity
public record Settings(
    @Nullable String model,
    @Nullable String device,
    int threads,
    boolean inlineCompletion,
    int debounceMillis,
    int inlineTokens,
    boolean tokenLens,
    boolean runLens,
    boolean tokenHints,
    boolean resultHints,
    double warnAt,
    boolean autoPull,
    boolean rerunOnSave,
    boolean heatMap,
    List<String> tokenizers,
    Map<String, String> lint) {
  private static final int MOST_TOKENIZERS = 8;

  public static final Settings DEFAULT = read(new JsonObject());

  /// Reads settings, nested or with dots in their names, with or without `promptls` around them.
  /// What has the wrong type is as if it were not there.
  public static Settings read(@Nullable JsonElement given) {
    JsonObject json = given instanceof JsonObject object ? object : new JsonObject();
    if (json.get("promptls") instanceof JsonObject inner) {
      json = inner;
    }
    return new Settings(
        text(json, "model").filter(Settings::isName).orElse(null),
        text(json, "device").orElse(null),
        (int) Math.clamp(number(json, "threads", 0), 0, 1_024),
        flag(json, "inlineCompletion.enabled", true),
        (int) Math.clamp(number(json, "inlineCompletion.debounceMillis", 120), 0, 5_000),
        (int) Math.clamp(number(json, "inlineCompletion.maxTokens", 24), 1, 512),
        flag(json, "lens.tokens", true),
        flag(json, "lens.run", true),
        flag(json, "inlay.tokens", true),
        flag(json, "inlay.results", true),
        Math.clamp(number(json, "budget.warnAt", 0.8), 0, 1),
        flag(json, "autoPull", false),
        flag(json, "run.onSave", false),
        flag(json, "surprisal.colours", true),
        names(json, "tokenizers"),
        lint(json));
  }

  /// Whether a model answers under these settings as under others.
  public boolean runsLike(Settings other) {
    return Objects.equals(device, other.device) && threads == other.threads;
  }

  /// Whether this names a model and is no place to load one from.
  public static boolean isName(String model) {
    return !model.isBlank()
        && model.length() <= 200
        && !model.contains("..")
        && !model.contains("\\")
        && !model.contains("://")
        && !model.startsWith("/")
        && !model.startsWith("~")
        && !model.toLowerCase(Locale.ROOT).endsWith(".gguf");
  }

  private static List<String> names(JsonObject json, String name) {
    if (!(json.get(name) instanceof JsonArray list)) {
      return List.of();
    }
    return list.asList().stream()
        .filter(each -> each instanceof JsonPrimitive value && value.isString())
        .map(JsonElement::getAsString)
        .filter(Settings::isName)
        .distinct()
        .limit(MOST_TOKENIZERS)
        .toList();
  }

  private static Map<String, String> lint(JsonObject json) {
    var rules = new HashMap<String, String>();
    if (json.get("lint") instanceof JsonObject lint) {
      lint.entrySet().stream()
          .filter(rule -> rule.getValue() instanceof JsonPrimitive)
          .forEach(rule -> {
            String value = rule.getValue().getAsString();
            rules.put(rule.getKey(), value.equals("false") ? "off" : value);
          });
    }
    return Map.copyOf(rules);
  }

  private static boolean flag(JsonObject json, String name, boolean otherwise) {
    return find(json, name)
        .filter(JsonPrimitive::isBoolean)
        .map(JsonPrimitive::getAsBoolean)
        .orElse(otherwise);
  }

  private static double number(JsonObject json, String name, double otherwise) {
    return find(json, name)
        .filter(JsonPrimitive::isNumber)
        .map(JsonPrimitive::getAsDouble)
        .orElse(otherwise);
  }

  private static Optional<String> text(JsonObject json, String name) {
    return find(json, name).filter(JsonPrimitive::isString).map(JsonPrimitive::getAsString);
  }

  private static Optional<JsonPrimitive> find(JsonObject json, String name) {
    for (String written : new String[] {name, "promptls." + name}) {
      if (json.get(written) instanceof JsonPrimitive value) {
        return Optional.of(value);
      }
    }
    int dot = name.indexOf('.');
    return dot > 0 && json.get(name.substring(0, dot)) instanceof JsonObject inner
        ? find(inner, name.substring(dot + 1))
        : Optional.empty();
  }
}
