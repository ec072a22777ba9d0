package dev.promptls.prompt.syntax;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.CoreScalarResolver;

/// What a YAML scalar means, by the core schema of YAML 1.2.
final class YamlScalars {
  private static final CoreScalarResolver RESOLVER = new CoreScalarResolver(false);

  /// The longest number; a longer one is its text, since to work out a number of so many digits
  /// takes the square of their count.
  private static final int MAX_NUMBER = 1_000;

  private YamlScalars() {}

  static @Nullable Object value(String text, boolean plain, @Nullable String tag) {
    if (text.length() > MAX_NUMBER) {
      return text;
    }
    if (tag == null || tag.equals("!")) {
      return plain && tag == null ? typed(text, RESOLVER.resolve(text, true)) : text;
    }
    return tag.startsWith(Tag.PREFIX) ? typed(text, new Tag(tag)) : text;
  }

  private static @Nullable Object typed(String text, Tag tag) {
    if (tag.equals(Tag.NULL)) {
      return null;
    }
    if (tag.equals(Tag.BOOL)) {
      return Boolean.valueOf(text);
    }
    try {
      if (tag.equals(Tag.INT)) {
        return integer(text);
      }
      if (tag.equals(Tag.FLOAT)) {
        return floating(text);
      }
    } catch (NumberFormatException e) {
      return text;
    }
    return text;
  }

  private static Object integer(String text) {
    if (text.startsWith("0x")) {
      return Integers.narrowed(new BigInteger(text.substring(2), 16));
    }
    return text.startsWith("0o")
        ? Integers.narrowed(new BigInteger(text.substring(2), 8))
        : Integers.of(text.startsWith("+") ? text.substring(1) : text);
  }

  private static double floating(String text) {
    String body = text.startsWith("+") || text.startsWith("-") ? text.substring(1) : text;
    double value =
        switch (body) {
          case ".inf", ".Inf", ".INF" -> Double.POSITIVE_INFINITY;
          case ".nan", ".NaN", ".NAN" -> Double.NaN;
          default -> Double.parseDouble(body);
        };
    return text.startsWith("-") ? -value : value;
  }
}
