package dev.promptls.prompt.syntax;

import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// Writes texts as YAML scalars, as plainly as each allows. What is written reads back as the same
/// text.
public final class YamlText {
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  /// Words that YAML 1.1 readers take for truth values.
  private static final Set<String> WORDS =
      Set.of("y", "n", "yes", "no", "on", "off", "true", "false", "null", "~", "<<");

  private static final String INDICATORS = "-?:,[]{}#&*!|>'\"%@`=";
  private static final Pattern NUMBER = Pattern.compile("[-+.0-9][-+._:0-9a-zA-Z]*");

  private YamlText() {}

  /// A text in one line: plain, or in quotes.
  ///
  /// @param flow whether it stands in brackets or braces
  public static String inline(String text, boolean flow) {
    if (isPlain(text, flow)) {
      return text;
    }
    boolean simple = text.chars().allMatch(c -> isPrintable((char) c)) && isPaired(text);
    if (simple && (text.indexOf('"') >= 0 || text.indexOf('\\') >= 0)) {
      return "'" + text.replace("'", "''") + "'";
    }
    return quoted(text);
  }

  /// A text behind a key or dash of a block: several lines as a block scalar where that is exact.
  ///
  /// @param indent of the lines, in spaces
  /// @param eol between them
  public static String block(String text, int indent, String eol) {
    if (text.indexOf('\n') < 0 || !isLiteral(text)) {
      return inline(text, false);
    }
    boolean ended = text.endsWith("\n");
    StringBuilder lines = new StringBuilder(ended ? "|" : "|-");
    for (String line : (ended ? text.substring(0, text.length() - 1) : text).split("\n", -1)) {
      lines.append(eol);
      if (!line.isEmpty()) {
        lines.repeat(' ', indent).append(line);
      }
    }
    return lines.toString();
  }

  private static boolean isLiteral(String text) {
    return !Character.isWhitespace(text.charAt(0))
        && !text.endsWith("\n\n")
        && text.lines().noneMatch(line -> !line.equals(line.stripTrailing()))
        && text.chars().allMatch(c -> c == '\n' || c == '\t' || isPrintable((char) c))
        && isPaired(text);
  }

  private static boolean isPlain(String text, boolean flow) {
    if (text.isEmpty()
        || !text.equals(text.strip())
        || INDICATORS.indexOf(text.charAt(0)) >= 0
        || WORDS.contains(text.toLowerCase(Locale.ROOT))
        || NUMBER.matcher(text).matches()
        || text.startsWith("...")
        || text.endsWith(":")
        || text.contains(": ")
        || text.contains(" #")
        || !isPaired(text)) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!isPrintable(c) || (flow && ",[]{}:".indexOf(c) >= 0)) {
        return false;
      }
    }
    return YamlScalars.value(text, true, null) instanceof String;
  }

  private static boolean isPrintable(char c) {
    return c >= ' '
        && !(c >= 0x7f && c <= 0xa0)
        && c != '\u2028'
        && c != '\u2029'
        && c != '\uFEFF'
        && c < '\uFFFE';
  }

  private static boolean isPaired(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(c)) {
        return false;
      }
    }
    return true;
  }

  /// A text in double quotes, on one line.
  public static String quoted(String text) {
    StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> quoted.append("\\\"");
        case '\\' -> quoted.append("\\\\");
        case '\n' -> quoted.append("\\n");
        case '\r' -> quoted.append("\\r");
        case '\t' -> quoted.append("\\t");
        default -> {
          if (isPrintable(c)) {
            quoted.append(c);
          } else {
            quoted.append("\\u").append(HEX.toHexDigits(c));
          }
        }
      }
    }
    return quoted.append('"').toString();
  }
}
