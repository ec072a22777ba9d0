package dev.promptls.template.python.operations;

import dev.promptls.template.python.CodePoints;
import dev.promptls.template.python.Html;
import dev.promptls.template.python.Markup;
import dev.promptls.template.python.Python;
import dev.promptls.template.python.PythonFormat;
import dev.promptls.template.python.PythonText;
import dev.promptls.template.run.Failure;
import dev.promptls.template.run.Numbers;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One place of a `%` format.
///
/// @param key the name in parentheses, null without
/// @param precision -1 without
/// @param end of the directive in the format
record Directive(@Nullable String key, String flags, int width, int precision, char kind, int end) {
  /// A width or a precision that stands among the values.
  private static final int GIVEN = Integer.MIN_VALUE;

  private static final Pattern SYNTAX =
      Pattern.compile(
          "(?:\\(([^)]*)\\))?([-+ #0]*)(\\*|\\d*+)(?:\\.(\\*|\\d*+))?[hlL]?(.)", Pattern.DOTALL);

  /// This directive with the sizes that stand among the values.
  ///
  /// @param values gives the next of them
  Directive sized(Supplier<@Nullable Object> values) {
    int wide = width == GIVEN ? given(values.get()) : width;
    int precise = precision == GIVEN ? Math.max(0, given(values.get())) : precision;
    return new Directive(key, wide < 0 ? flags + "-" : flags, Math.abs(wide), precise, kind, end);
  }

  private static int given(@Nullable Object value) {
    if (!(value instanceof Long n)) {
      throw new Failure("The size '*' of a format needs an integer.");
    }
    if (Math.abs(n) > 99_999) {
      throw new Failure("A size in the format is too large; keep it smaller.");
    }
    return Math.toIntExact(n);
  }

  /// The directive whose `%` stands before `at`.
  static Directive read(String format, int at) {
    Matcher matcher = SYNTAX.matcher(format).region(at, Math.min(format.length(), at + 200));
    if (!matcher.lookingAt()) {
      throw new Failure("The format ends in the middle of a place.");
    }
    String precision = matcher.group(4);
    return new Directive(
        matcher.group(1),
        matcher.group(2),
        matcher.group(3).equals("*") ? GIVEN : size(matcher.group(3), 5),
        precision == null ? -1 : precision.equals("*") ? GIVEN : size(precision, 4),
        matcher.group(5).charAt(0),
        matcher.end());
  }

  private static int size(String digits, int most) {
    if (digits.length() > most) {
      throw new Failure("A size in the format has more than " + most + " digits; keep it smaller.");
    }
    return digits.isEmpty() ? 0 : Integer.parseInt(digits);
  }

  /// @param html escapes what is filled in, null where the format is no HTML
  String print(@Nullable Object value, PythonText text, @Nullable Html html) {
    return switch (kind) {
      case 's' -> padded(cut(html == null ? text.of(value) : html.escape(value).text()), "");
      case 'r', 'a' -> {
        String shown = kind == 'a' ? text.ascii(value) : text.repr(value);
        yield padded(cut(html == null ? shown : html.escaped(shown)), "");
      }
      case 'c' -> padded(character(value), "");
      case 'd', 'i', 'u', 'x', 'X', 'o', 'e', 'E', 'f', 'F', 'g', 'G' -> number(value);
      default -> throw new Failure("'%" + kind + "' is no place for a value.");
    };
  }

  private String cut(String text) {
    return precision >= 0 && CodePoints.length(text) > precision
        ? text.substring(0, text.offsetByCodePoints(0, precision))
        : text;
  }

  private static String character(@Nullable Object value) {
    if (value != null && Numbers.isInteger(value)) {
      return PythonFormat.character(value);
    }
    if (Markup.plain(value) instanceof String s && CodePoints.length(s) == 1) {
      return s;
    }
    throw new Failure("The place 'c' of a format needs one character.");
  }

  private String number(@Nullable Object value) {
    if (value == null || !Numbers.isNumber(value)) {
      throw Python.undefined(
          value,
          null,
          () -> "'%" + kind + "' needs a number but got '" + Python.typeName(value) + "'.");
    }
    if (value instanceof Double && "xXo".indexOf(kind) >= 0) {
      throw new Failure("'%" + kind + "' needs an integer but got a float.");
    }
    String digits = PythonFormat.number(value, kind, precision, flags.indexOf('#') >= 0);
    String sign = "";
    if (digits.startsWith("-")) {
      sign = "-";
      digits = digits.substring(1);
    } else if (flags.indexOf('+') >= 0) {
      sign = "+";
    } else if (flags.indexOf(' ') >= 0) {
      sign = " ";
    }
    return padded(digits, sign);
  }

  private String padded(String body, String sign) {
    int missing = width - CodePoints.length(body) - sign.length();
    if (missing <= 0) {
      return sign + body;
    }
    if (flags.indexOf('-') >= 0) {
      return sign + body + " ".repeat(missing);
    }
    boolean zeros = flags.indexOf('0') >= 0 && "src".indexOf(kind) < 0;
    return zeros ? sign + "0".repeat(missing) + body : " ".repeat(missing) + sign + body;
  }
}
