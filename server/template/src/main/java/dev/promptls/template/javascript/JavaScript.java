package dev.promptls.template.javascript;

import dev.promptls.template.run.Meter;
import dev.promptls.template.run.Numbers;
import dev.promptls.template.run.Undefined;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What JavaScript means by truth, text and members.
public final class JavaScript {
  /// The value of what is not there.
  public static final Undefined UNDEFINED = new Undefined("This is undefined.");

  private JavaScript() {}

  public static boolean truth(@Nullable Object value) {
    return switch (value) {
      case null -> false;
      case Undefined u -> false;
      case Boolean b -> b;
      case String s -> !s.isEmpty();
      case Double d -> d != 0 && !d.isNaN();
      case Number n -> n.doubleValue() != 0;
      default -> true;
    };
  }

  /// Whether Handlebars' `if` takes a value for nothing; zero is nothing only to `if` itself.
  public static boolean isEmpty(@Nullable Object value) {
    boolean zero = value instanceof Number n && n.doubleValue() == 0;
    return (!truth(value) && !zero) || (value instanceof List<?> l && l.isEmpty());
  }

  public static boolean isNullish(@Nullable Object value) {
    return value == null || value instanceof Undefined;
  }

  /// A value as text; nothing for null and undefined.
  public static String text(@Nullable Object value, Meter meter) {
    return switch (value) {
      case null -> "";
      case Undefined u -> "";
      case String s -> s;
      case Double d -> number(d);
      case List<?> l -> {
        meter.enterExpression();
        StringBuilder out = new StringBuilder();
        String separator = "";
        for (Object item : l) {
          meter.step();
          out.append(separator).append(meter.made(text(item, meter)));
          separator = ",";
        }
        meter.leaveExpression();
        yield out.toString();
      }
      case Map<?, ?> m -> "[object Object]";
      default -> value.toString();
    };
  }

  /// A value as text; `null` and `undefined` in words.
  public static String string(@Nullable Object value, Meter meter) {
    return switch (value) {
      case null -> "null";
      case Undefined u -> "undefined";
      default -> text(value, meter);
    };
  }

  /// A number as ECMAScript prints it: the fewest digits, plain from 1e-6 to 1e21.
  public static String number(double value) {
    if (Double.isNaN(value)) {
      return "NaN";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "Infinity" : "-Infinity";
    }
    if (value == 0) {
      return "0";
    }
    BigDecimal decimal = Numbers.shortest(value);
    String digits = decimal.unscaledValue().abs().toString();
    int exponent = digits.length() - decimal.scale() - 1;
    if (exponent >= -6 && exponent < 21) {
      return decimal.toPlainString();
    }
    String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
    return (value < 0 ? "-" : "")
        + digits.charAt(0)
        + fraction
        + (exponent < 0 ? "e-" : "e+")
        + Math.abs(exponent);
  }

  /// `target[name]`, for properties that a value has itself.
  public static @Nullable Object member(@Nullable Object target, String name) {
    return switch (target) {
      case Map<?, ?> m -> m.containsKey(name) ? m.get(name) : UNDEFINED;
      case List<?> l when name.equals("length") -> (long) l.size();
      case String s when name.equals("length") -> (long) s.length();
      case List<?> l -> {
        int index = index(name);
        yield index >= 0 && index < l.size() ? l.get(index) : UNDEFINED;
      }
      case String s -> {
        int index = index(name);
        yield index >= 0 && index < s.length() ? s.substring(index, index + 1) : UNDEFINED;
      }
      case null, default -> UNDEFINED;
    };
  }

  /// The place that a property's name means in a list, or -1.
  private static int index(String name) {
    boolean digits =
        !name.isEmpty() && name.length() < 10 && name.chars().allMatch(c -> c >= '0' && c <= '9');
    return digits && (name.length() == 1 || name.charAt(0) != '0') ? Integer.parseInt(name) : -1;
  }

  /// The keys of an object in JavaScript's order: numbers first, ascending.
  public static List<String> keys(Map<?, ?> map) {
    List<String> numbers = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (Object key : map.keySet()) {
      String name = String.valueOf(key);
      (index(name) >= 0 ? numbers : names).add(name);
    }
    numbers.sort((a, b) -> Integer.compare(index(a), index(b)));
    numbers.addAll(names);
    return numbers;
  }
}
