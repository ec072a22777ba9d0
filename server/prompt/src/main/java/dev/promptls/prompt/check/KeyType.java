package dev.promptls.prompt.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What the value of a key may be, as the vocabulary says it: `number, 0 to 2`, `list of strings`.
///
/// @param kinds any of these; empty if it is not told in words that are understood
/// @param least null if there is no limit
/// @param most null if there is no limit
record KeyType(List<Kind> kinds, @Nullable Double least, @Nullable Double most) {
  private static final Pattern RANGE =
      Pattern.compile("(-?\\d+(?:\\.\\d+)?) to (-?\\d+(?:\\.\\d+)?)");

  /// Kinds of values.
  enum Kind {
    STRING("a text"),
    INTEGER("a whole number"),
    NUMBER("a number"),
    BOOLEAN("true or false"),
    OBJECT("a mapping of keys"),
    LIST("a list");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    boolean fits(@Nullable Object value) {
      return switch (this) {
        // A name may look like a number: `version: 2`.
        case STRING -> value instanceof String || value instanceof Number;
        case INTEGER -> isWhole(value);
        case NUMBER -> value instanceof Number;
        case BOOLEAN -> value instanceof Boolean;
        case OBJECT -> value instanceof Map;
        case LIST -> value instanceof List;
      };
    }

    private static boolean isWhole(@Nullable Object value) {
      return value instanceof Number number
          && number.doubleValue() == Math.rint(number.doubleValue());
    }
  }

  static KeyType of(String type) {
    List<Kind> kinds = new ArrayList<>();
    for (String part : type.replace("`", "").split(" or |\\|", -1)) {
      Kind kind = kind(part.strip().toLowerCase(Locale.ROOT));
      if (kind == null) {
        return new KeyType(List.of(), null, null);
      }
      kinds.add(kind);
    }
    Matcher range = RANGE.matcher(type);
    boolean limited = range.find();
    return new KeyType(
        List.copyOf(kinds),
        limited ? Double.valueOf(range.group(1)) : null,
        limited ? Double.valueOf(range.group(2)) : null);
  }

  private static @Nullable Kind kind(String word) {
    String first = word.split("[ ,]", 2)[0];
    return switch (first) {
      case "string", "text" -> Kind.STRING;
      case "integer" -> Kind.INTEGER;
      case "number" -> Kind.NUMBER;
      case "boolean" -> Kind.BOOLEAN;
      case "object", "mapping" -> Kind.OBJECT;
      case "list", "array" -> Kind.LIST;
      default -> null;
    };
  }

  boolean fits(@Nullable Object value) {
    return kinds.isEmpty() || kinds.stream().anyMatch(kind -> kind.fits(value));
  }

  boolean inRange(@Nullable Object value) {
    if (least == null || most == null || !(value instanceof Number number)) {
      return true;
    }
    return number.doubleValue() >= least && number.doubleValue() <= most;
  }

  String words() {
    return String.join(" or ", kinds.stream().map(kind -> kind.words).toList());
  }
}
