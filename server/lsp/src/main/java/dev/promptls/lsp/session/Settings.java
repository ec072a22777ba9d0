package dev.promptls.lsp.session;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.promptls.model.Device;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
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
/// @param mistakes in what the client gave, a sentence for each setting that is not as it must be
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
    Map<String, String> lint,
    List<String> mistakes) {
  private static final int MOST_TOKENIZERS = 8;
  private static final String NAME = "the name of a model, not a path";

  public static final Settings DEFAULT = read(new JsonObject());

  /// Reads settings, nested or with dots in their names, with or without `promptls` around them.
  /// What is wrong is as if it were not there.
  public static Settings read(@Nullable JsonElement json) {
    var given = new GivenSettings(json);
    return new Settings(
        given.text("model", Settings::isName, NAME).orElse(null),
        given.text("device", name -> Device.named(name).isPresent(), Device.NAMES).orElse(null),
        given.whole("threads", 0, 1_024, 0),
        given.flag("inlineCompletion.enabled", true),
        given.whole("inlineCompletion.debounceMillis", 0, 5_000, 120),
        given.whole("inlineCompletion.maxTokens", 1, 512, 24),
        given.flag("lens.tokens", true),
        given.flag("lens.run", true),
        given.flag("inlay.tokens", true),
        given.flag("inlay.results", true),
        given.number("budget.warnAt", 0, 1, 0.8),
        given.flag("autoPull", false),
        given.flag("run.onSave", false),
        given.flag("surprisal.colours", true),
        given.texts("tokenizers", MOST_TOKENIZERS, Settings::isName, NAME),
        given.lint(),
        given.mistakes());
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
}
