package dev.promptls.prompt.syntax;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A value of a Prompty file's settings that stands for something outside the file: `${env:NAME}`,
/// `${env:NAME:default}`, `${file:path}`.
///
/// @param name of the variable or file
/// @param otherwise what stands for a variable that is not set, null if nothing does
public record PromptyReference(Kind kind, String name, @Nullable String otherwise) {
  /// What is referred to.
  public enum Kind {
    ENVIRONMENT,
    FILE
  }

  /// Reads a value; null if it is no reference, as with protocols nobody knows.
  public static @Nullable PromptyReference of(@Nullable String value) {
    if (value == null || !value.startsWith("${") || !value.endsWith("}")) {
      return null;
    }
    String inside = value.substring(2, value.length() - 1);
    int colon = inside.indexOf(':');
    if (colon < 0) {
      return null;
    }
    String content = inside.substring(colon + 1);
    return switch (inside.substring(0, colon).toLowerCase(Locale.ROOT)) {
      case "env" -> {
        int second = content.indexOf(':');
        String otherwise = second < 0 ? "" : content.substring(second + 1);
        yield new PromptyReference(
            Kind.ENVIRONMENT,
            second < 0 ? content : content.substring(0, second),
            otherwise.isEmpty() ? null : otherwise);
      }
      case "file" -> new PromptyReference(Kind.FILE, content, null);
      default -> null;
    };
  }

  /// The path of a value that refers to a file, else null.
  static @Nullable String file(@Nullable String value) {
    PromptyReference reference = of(value);
    return reference == null || reference.kind() != Kind.FILE ? null : reference.name();
  }
}
