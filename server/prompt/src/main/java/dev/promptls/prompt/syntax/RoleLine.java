package dev.promptls.prompt.syntax;

import dev.promptls.prompt.text.Blanks;
import dev.promptls.prompt.text.Span;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A line of a Prompty body that begins a message, such as `user[name="Alice"]:` or `# system:`
/// (microsoft/prompty, `parsers/prompty.py` and §6.2 of its specification).
///
/// @param role in lower case
/// @param roleSpan the role's name
/// @param attributesSpan with the brackets, null if there are none
/// @param attributes by name: text, numbers and booleans
public record RoleLine(
    String role,
    Span roleSpan,
    @Nullable Span attributesSpan,
    Map<String, @Nullable Object> attributes) {
  /// The roles that a line can name.
  public static final List<String> ROLES = List.of("system", "user", "assistant", "developer");

  private static final Pattern INTEGER = Pattern.compile("[+-]?[0-9]{1,18}");
  private static final Pattern DECIMAL =
      Pattern.compile("[+-]?(?:[0-9]+\\.[0-9]*|\\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?");

  /// Reads a line; null if it begins no message.
  ///
  /// @param line without its line break
  public static @Nullable RoleLine of(String text, Span line) {
    int from = line.start();
    int end = line.end();
    while (end > from && Blanks.isBlank(text.charAt(end - 1))) {
      end--;
    }
    if (end == from || text.charAt(end - 1) != ':') {
      return null;
    }
    from = skipBlanks(text, from, end);
    if (text.charAt(from) == '#') {
      from = skipBlanks(text, from + 1, end);
    }
    for (String role : ROLES) {
      if (text.regionMatches(true, from, role, 0, role.length())) {
        return behind(text, role, new Span(from, from + role.length()), end - 1);
      }
    }
    return null;
  }

  /// What stands between the role and the colon.
  private static @Nullable RoleLine behind(String text, String role, Span name, int colon) {
    int at = name.end();
    boolean bracket = at < colon && text.charAt(at) == '[';
    Map<String, @Nullable Object> attributes = new LinkedHashMap<>();
    int after = bracket ? attributes(text, at + 1, colon, attributes) : at;
    if (after < 0 || skipBlanks(text, after, colon) < colon) {
      return null;
    }
    Span span = bracket ? new Span(at, after) : null;
    return new RoleLine(role.toLowerCase(Locale.ROOT), name, span, attributes);
  }

  /// Reads `name=value, …]`; gives where it ends, or -1 if it is not that.
  private static int attributes(
      String text, int from, int end, Map<String, @Nullable Object> found) {
    int at = from;
    while (at < end && (at == from || text.charAt(at) != ']')) {
      int name = at;
      while (at < end && isWord(text.charAt(at))) {
        at++;
      }
      String key = text.substring(name, at);
      at = skipBlanks(text, at, end);
      if (key.isEmpty() || at >= end || text.charAt(at) != '=') {
        return -1;
      }
      at = skipBlanks(text, at + 1, end);
      int value = at;
      boolean quoted = at < end && text.charAt(at) == '"';
      if (quoted) {
        at = text.indexOf('"', at + 1, end);
        if (at < 0) {
          return -1;
        }
        found.put(key, value(text.substring(value + 1, at)));
        at++;
      } else {
        while (at < end && "\",]".indexOf(text.charAt(at)) < 0) {
          at++;
        }
        found.put(key, value(text.substring(value, at)));
      }
      at = skipBlanks(text, at, end);
      if (at < end && text.charAt(at) == ',') {
        at = skipBlanks(text, at + 1, end);
      }
    }
    return at < end ? at + 1 : -1;
  }

  private static Object value(String text) {
    String value = text.strip();
    if (value.equalsIgnoreCase("true") || value.equalsIgnoreCase("false")) {
      return value.equalsIgnoreCase("true");
    }
    if (INTEGER.matcher(value).matches()) {
      return Long.valueOf(value);
    }
    return DECIMAL.matcher(value).matches() ? (Object) new BigDecimal(value).doubleValue() : value;
  }

  private static int skipBlanks(String text, int from, int end) {
    int at = from;
    while (at < end && Blanks.isBlank(text.charAt(at))) {
      at++;
    }
    return at;
  }

  private static boolean isWord(char c) {
    return c == '_' || Character.isLetterOrDigit(c);
  }
}
