package dev.promptls.model.settings;

import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Which model is meant: the one of the flag, else of the user's setting, else the one the file
/// names if it can be had here, else the default.
///
/// @param model a name as `--model` takes it
/// @param origin who chose it
/// @param note a sentence for stderr if it is not the one the file asks for
public record ModelChoice(String model, Origin origin, @Nullable String note) {
  /// Who chose the model.
  public enum Origin {
    FLAG,
    SETTING,
    FILE,
    DEFAULT
  }

  /// Chooses.
  ///
  /// @param flag the value of `--model`
  /// @param setting the user's setting
  /// @param file what the prompt file's `model:` says
  /// @param available the name under which a model that a file asks for is installed or configured
  ///   here, such as `remote:NAME`; empty if it is not
  /// @param standard the default model
  public static ModelChoice choose(
      Optional<String> flag,
      Optional<String> setting,
      Optional<String> file,
      Function<String, Optional<String>> available,
      String standard) {
    Optional<String> wanted = file.map(String::strip).filter(name -> !name.isEmpty());
    Optional<String> own = wanted.flatMap(available);
    if (flag.isPresent()) {
      return of(flag.get(), Origin.FLAG, wanted, own, "--model was given");
    }
    if (setting.isPresent()) {
      return of(setting.get(), Origin.SETTING, wanted, own, "your settings say so");
    }
    return own.map(name -> new ModelChoice(name, Origin.FILE, null))
        .orElseGet(
            () -> of(standard, Origin.DEFAULT, wanted, own, "that one is not installed here"));
  }

  private static ModelChoice of(
      String model, Origin origin, Optional<String> wanted, Optional<String> own, String why) {
    boolean asked =
        wanted.isEmpty() || wanted.get().equals(model) || own.filter(model::equals).isPresent();
    String note =
        asked
            ? null
            : "The model is %s, not %s as the file asks: %s."
                .formatted(model, shown(wanted.get()), why);
    return new ModelChoice(model, origin, note);
  }

  /// What a file says is shown on one line and not at any length.
  private static String shown(String name) {
    String line = name.replaceAll("\\p{Cntrl}+", " ");
    return line.length() > 80 ? line.substring(0, 80) + "…" : line;
  }
}
