package dev.promptls.template.python.operations;

import dev.promptls.template.python.Arguments;
import dev.promptls.template.python.CodePoints;
import dev.promptls.template.python.Html;
import dev.promptls.template.python.Markup;
import dev.promptls.template.python.Python;
import dev.promptls.template.python.PythonFormat;
import dev.promptls.template.python.PythonText;
import dev.promptls.template.python.Tuple;
import dev.promptls.template.run.Failure;
import dev.promptls.template.run.Meter;
import dev.promptls.template.run.Numbers;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Python's `'{} and {name:>8}'.format(…)`, without looking into the values it prints.
final class BraceFormat {
  private static final Pattern FIELD =
      Pattern.compile(
          "([A-Za-z_0-9]{0,100})((?:\\[[^\\]{}]{1,100}\\]){0,20})(?:!([rsa]))?"
              + "(?::((?:[^{}]|\\{[^{}]{0,100}\\}){0,50}))?\\}");

  /// What stands in brackets behind a name.
  private static final Pattern INDEX = Pattern.compile("\\[([^\\]]+)\\]");

  private static final Pattern SPEC =
      Pattern.compile(
          "(?:(.)?([<>=^]))?([-+ ])?(#)?(0)?(\\d{0,5})([,_])?(?:\\.(\\d{1,4}))?([a-zA-Z%])?",
          Pattern.DOTALL);

  private final Meter meter;
  private final PythonText text;

  /// Escapes what is filled in, null where the format is no HTML.
  private final @Nullable Html html;

  /// The number of the next place without one.
  private int next;

  /// Whether the places so far had no numbers of their own; null until there is one.
  private @Nullable Boolean counted;

  BraceFormat(Meter meter, PythonText text, @Nullable Html html) {
    this.meter = meter;
    this.text = text;
    this.html = html;
  }

  String format(String format, Arguments values) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < format.length(); i++) {
      char c = format.charAt(i);
      boolean doubled = i + 1 < format.length() && format.charAt(i + 1) == c;
      if ((c != '{' && c != '}') || doubled) {
        i += c == '{' || c == '}' ? 1 : 0;
        out.append(c);
        continue;
      }
      Matcher field = FIELD.matcher(format).region(i + 1, format.length());
      if (c == '}' || !field.lookingAt()) {
        throw new Failure("The format has a brace that is no field.");
      }
      i = field.end() - 1;
      meter.step();
      Object value = value(key(field.group(1)), values);
      for (Matcher index = INDEX.matcher(field.group(2)); index.find(); ) {
        value = item(value, index.group(1));
      }
      value = converted(value, field.group(3));
      String spec = field.group(4) == null ? "" : field.group(4);
      // A place inside a format is filled in first.
      String filled = spec.indexOf('{') < 0 ? spec : format(spec, values);
      out.append(meter.made(field(value, filled)));
    }
    return meter.made(out.toString());
  }

  /// The name of a place, or its number where it has no name.
  private String key(String written) {
    boolean number = written.chars().allMatch(c -> c >= '0' && c <= '9');
    if (number && counted != null && counted != written.isEmpty()) {
      throw new Failure("The format has places with numbers and places without.");
    }
    counted = number ? (Boolean) written.isEmpty() : counted;
    return written.isEmpty() ? String.valueOf(next++) : written;
  }

  private static @Nullable Object item(@Nullable Object value, String index) {
    boolean number = index.length() < 6 && index.chars().allMatch(c -> c >= '0' && c <= '9');
    Object key = number ? (Object) Long.valueOf(index) : index;
    List<?> items =
        value instanceof List<?> l ? l : value instanceof Tuple t ? t.items() : List.of();
    if (value instanceof Map<?, ?> map && map.containsKey(key)) {
      return map.get(key);
    }
    if (number && Integer.parseInt(index) < items.size()) {
      return items.get(Integer.parseInt(index));
    }
    throw new Failure("The format asks for '" + index + "' of a value that has no such item.");
  }

  private @Nullable Object converted(@Nullable Object value, @Nullable String conversion) {
    return switch (conversion) {
      case "r" -> text.repr(value);
      case "a" -> text.ascii(value);
      case "s" -> text.of(value);
      case null, default -> value;
    };
  }

  private String field(@Nullable Object value, String spec) {
    if (html == null) {
      return spec.isEmpty() ? text.of(value) : apply(spec, Markup.plain(value));
    }
    if (value instanceof Markup m) {
      if (!spec.isEmpty()) {
        throw new Failure("A text that is HTML takes no format; leave out ':" + spec + "'.");
      }
      return m.text();
    }
    return html.escaped(spec.isEmpty() ? text.of(value) : apply(spec, value));
  }

  private static @Nullable Object value(String key, Arguments values) {
    if (!key.chars().allMatch(c -> c >= '0' && c <= '9')) {
      if (values.named().containsKey(key)) {
        return values.named().get(key);
      }
    } else if (key.length() < 6 && Integer.parseInt(key) < values.positional().size()) {
      return values.positional().get(Integer.parseInt(key));
    }
    throw new Failure("The format names '" + key + "' but there is no such value.");
  }

  private String apply(String spec, @Nullable Object value) {
    Matcher parts = SPEC.matcher(spec);
    if (!parts.matches()) {
      throw new Failure("'" + spec + "' is no format of a field.");
    }
    int precision = parts.group(8) == null ? -1 : Integer.parseInt(parts.group(8));
    if (precision >= 0 && Numbers.isInteger(value) && "bcdoxX".contains(kind(parts))) {
      throw new Failure("An integer is printed without precision; leave out '." + precision + "'.");
    }
    boolean number = value != null && Numbers.isNumber(value);
    if (!number && (!(value instanceof String) || !textual(parts))) {
      throw Python.undefined(
          value, null, () -> "'" + spec + "' is no format for a '" + Python.typeName(value) + "'.");
    }
    String body =
        number && value != null ? number(parts, value, precision) : cut(text.of(value), precision);
    int width = parts.group(6).isEmpty() ? 0 : Integer.parseInt(parts.group(6));
    boolean zeros = parts.group(5) != null;
    String fill = parts.group(1) != null ? parts.group(1) : zeros ? "0" : " ";
    String align = parts.group(2) != null ? parts.group(2) : number ? (zeros ? "=" : ">") : "<";
    int missing = Math.max(0, width - CodePoints.length(body));
    return switch (align) {
      case "<" -> body + fill.repeat(missing);
      case ">" -> fill.repeat(missing) + body;
      case "^" -> fill.repeat(missing / 2) + body + fill.repeat(missing - missing / 2);
      default -> {
        int sign = body.startsWith("-") || body.startsWith("+") ? 1 : 0;
        yield body.substring(0, sign) + fill.repeat(missing) + body.substring(sign);
      }
    };
  }

  /// The letter of a format, that of integers where it has none.
  private static String kind(Matcher parts) {
    return parts.group(9) == null ? "d" : parts.group(9);
  }

  /// Whether a format has nothing that only numbers have.
  private static boolean textual(Matcher parts) {
    String kind = parts.group(9);
    return (kind == null || kind.equals("s"))
        && parts.group(3) == null
        && parts.group(4) == null
        && parts.group(7) == null;
  }

  private static String cut(String text, int precision) {
    return precision >= 0 && CodePoints.length(text) > precision
        ? text.substring(0, text.offsetByCodePoints(0, precision))
        : text;
  }

  private static String number(Matcher parts, Object given, int precision) {
    String kind = parts.group(9);
    Object value = given instanceof Boolean ? Numbers.integer(Numbers.big(given)) : given;
    if (value instanceof Double ? kind != null && "bcdoxX".contains(kind) : "s".equals(kind)) {
      throw new Failure("'" + kind + "' is no format for a '" + Python.typeName(value) + "'.");
    }
    if ("c".equals(kind)) {
      return PythonFormat.character(value);
    }
    boolean percent = "%".equals(kind);
    String digits;
    if (percent) {
      digits =
          PythonFormat.fixed(Numbers.toDouble(value) * 100, precision < 0 ? 6 : precision) + "%";
    } else if (kind == null && (precision < 0 || Numbers.isInteger(value))) {
      digits = value instanceof Double d ? Numbers.print(d) : value.toString();
    } else {
      char letter = kind == null || kind.equals("n") ? 'g' : kind.charAt(0);
      digits = PythonFormat.number(value, letter, precision, parts.group(4) != null);
    }
    if (parts.group(7) != null) {
      digits = grouped(digits, parts.group(7));
    }
    String sign = parts.group(3);
    return sign == null || sign.equals("-") || digits.startsWith("-") ? digits : sign + digits;
  }

  private static String grouped(String digits, String separator) {
    int start = digits.startsWith("-") ? 1 : 0;
    int end = start;
    while (end < digits.length() && Character.isDigit(digits.charAt(end))) {
      end++;
    }
    StringBuilder out = new StringBuilder(digits);
    for (int i = end - 3; i > start; i -= 3) {
      out.insert(i, separator);
    }
    return out.toString();
  }
}
