package dev.promptls.prompt.check;

import dev.promptls.prompt.syntax.Severity;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the user wants to hear of each rule.
///
/// @param levels by code: `off`, `hint`, `info`, `warning` or `error`; anything else is as if it
///   were not there
public record LintSettings(Map<String, String> levels) {
  public static final LintSettings DEFAULT = new LintSettings(Map.of());

  public LintSettings {
    levels = Map.copyOf(levels);
  }

  /// Whether a level is one of those that are understood.
  public static boolean isLevel(String level) {
    return level.equals("off") || named(level) != null;
  }

  /// How much a finding matters here; null if it is not to be told.
  @Nullable Severity severity(String code, Severity otherwise) {
    String level = levels.get(code);
    if (level == null) {
      return otherwise;
    }
    Severity named = named(level);
    return named == null && !level.equals("off") ? otherwise : named;
  }

  boolean isOff(String code) {
    return "off".equals(levels.get(code));
  }

  private static @Nullable Severity named(String level) {
    return switch (level.toLowerCase(Locale.ROOT)) {
      case "hint" -> Severity.HINT;
      case "info", "information" -> Severity.INFORMATION;
      case "warning" -> Severity.WARNING;
      case "error" -> Severity.ERROR;
      default -> null;
    };
  }
}
