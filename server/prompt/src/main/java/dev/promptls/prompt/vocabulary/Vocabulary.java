package dev.promptls.prompt.vocabulary;

import dev.promptls.prompt.syntax.Format;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The words of each format.
public final class Vocabulary {
  private Vocabulary() {}

  /// The front matter keys, nested ones by their path: `config.temperature`.
  public static List<KeyInfo> keys(Format format) {
    return format == Format.DOTPROMPT ? DotpromptWords.KEYS : List.of();
  }

  public static List<KeyInfo> roles(Format format) {
    return DotpromptWords.ROLES;
  }

  /// The template helpers.
  public static List<KeyInfo> helpers(Format format) {
    return format == Format.DOTPROMPT ? DotpromptWords.HELPERS : List.of();
  }

  /// What is known of a key.
  ///
  /// @param path the keys from the top, joined by dots
  public static @Nullable KeyInfo key(Format format, String path) {
    return named(keys(format), path);
  }

  public static @Nullable KeyInfo role(Format format, String name) {
    return named(roles(format), name);
  }

  public static @Nullable KeyInfo helper(Format format, String name) {
    return named(helpers(format), name);
  }

  private static @Nullable KeyInfo named(List<KeyInfo> words, String name) {
    for (KeyInfo word : words) {
      if (word.name().equals(name)) {
        return word;
      }
    }
    return null;
  }
}
