package dev.promptls.template.python;

import dev.promptls.template.Range;
import dev.promptls.template.run.Failure;

/// The escapes of string literals, as Python's `unicode-escape` codec reads them.
public final class Escapes {
  private Escapes() {}

  /// @param range of the literal, for errors
  public static String decode(String text, Range range) {
    if (text.indexOf('\\') < 0) {
      return text;
    }
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); ) {
      char c = text.charAt(i++);
      if (c != '\\' || i == text.length()) {
        out.append(c);
        continue;
      }
      char kind = text.charAt(i++);
      switch (kind) {
        case '\n' -> {}
        case '\\', '\'', '"' -> out.append(kind);
        case 'a' -> out.append('\u0007');
        case 'b' -> out.append('\b');
        case 'f' -> out.append('\f');
        case 'n' -> out.append('\n');
        case 'r' -> out.append('\r');
        case 't' -> out.append('\t');
        case 'v' -> out.append('\u000b');
        case 'x' -> i = hexadecimal(text, i, 2, out, range);
        case 'u' -> i = hexadecimal(text, i, 4, out, range);
        case 'U' -> i = hexadecimal(text, i, 8, out, range);
        case 'N' -> i = named(text, i, out, range);
        case '0', '1', '2', '3', '4', '5', '6', '7' -> i = octal(text, i - 1, out);
        default -> out.append('\\').append(kind);
      }
    }
    return out.toString();
  }

  private static int hexadecimal(String text, int at, int digits, StringBuilder out, Range range) {
    if (at + digits <= text.length()) {
      int code = 0;
      boolean valid = true;
      for (int i = at; i < at + digits; i++) {
        int digit = Character.digit(text.charAt(i), 16);
        valid &= digit >= 0 && code <= Character.MAX_CODE_POINT;
        code = code * 16 + digit;
      }
      if (valid && Character.isValidCodePoint(code)) {
        out.appendCodePoint(code);
        return at + digits;
      }
    }
    throw new Failure(
        "An escape in this string needs " + digits + " hexadecimal digits of a character.", range);
  }

  private static int octal(String text, int at, StringBuilder out) {
    int code = 0;
    int end = at;
    while (end < text.length() && end < at + 3 && Character.digit(text.charAt(end), 8) >= 0) {
      code = code * 8 + Character.digit(text.charAt(end++), 8);
    }
    out.append((char) code);
    return end;
  }

  private static int named(String text, int at, StringBuilder out, Range range) {
    int close = text.indexOf('}', at);
    if (close > at && text.charAt(at) == '{') {
      try {
        out.appendCodePoint(Character.codePointOf(text.substring(at + 1, close)));
        return close + 1;
      } catch (IllegalArgumentException unknown) {
        throw new Failure("No character is named '" + text.substring(at + 1, close) + "'.", range);
      }
    }
    throw new Failure("'\\N' needs a character's name in braces.", range);
  }
}
