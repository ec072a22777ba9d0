package dev.promptls.prompt.render;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Values as Go's `fmt` prints them with `%v`, which is how the reference of GitHub Models puts
/// values that are no strings into a prompt.
final class GoText {
  /// Deeper values are left out.
  private static final int MAX_DEPTH = 50;

  private GoText() {}

  static String of(@Nullable Object value) {
    StringBuilder text = new StringBuilder();
    print(value, text, 0);
    return text.toString();
  }

  private static void print(@Nullable Object value, StringBuilder text, int depth) {
    switch (value) {
      case null -> text.append("<nil>");
      case Double number -> text.append(number(number));
      case List<?> list when depth < MAX_DEPTH -> {
        text.append('[');
        String between = "";
        for (Object item : list) {
          text.append(between);
          print(item, text, depth + 1);
          between = " ";
        }
        text.append(']');
      }
      case Map<?, ?> map when depth < MAX_DEPTH -> {
        text.append("map[");
        String between = "";
        Map<String, @Nullable Object> sorted = new TreeMap<>();
        map.forEach((key, field) -> sorted.put(String.valueOf(key), field));
        for (Map.Entry<String, @Nullable Object> field : sorted.entrySet()) {
          text.append(between).append(field.getKey()).append(':');
          print(field.getValue(), text, depth + 1);
          between = " ";
        }
        text.append(']');
      }
      default -> text.append(value);
    }
  }

  /// The shortest text that means the number, with an exponent below 1e-4 and from 1e6 on.
  private static String number(double value) {
    if (Double.isNaN(value)) {
      return "NaN";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "+Inf" : "-Inf";
    }
    if (value == 0) {
      return 1 / value < 0 ? "-0" : "0";
    }
    BigDecimal decimal = new BigDecimal(Double.toString(value)).stripTrailingZeros();
    int exponent = decimal.precision() - decimal.scale() - 1;
    if (exponent >= -4 && exponent < 6) {
      return decimal.toPlainString();
    }
    String digits = decimal.unscaledValue().abs().toString();
    String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
    String power = (Math.abs(exponent) < 10 ? "0" : "") + Math.abs(exponent);
    return (value < 0 ? "-" : "")
        + digits.charAt(0)
        + fraction
        + (exponent < 0 ? "e-" : "e+")
        + power;
  }
}
