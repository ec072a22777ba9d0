package dev.promptls.template.python;

import dev.promptls.template.run.Failure;
import dev.promptls.template.run.Numbers;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/// Numbers in the notations of Python's format directives.
public final class PythonFormat {
  private PythonFormat() {}

  /// @param kind one of `d i u x X o b e E f F g G`
  /// @param precision digits, -1 for the notation's own
  /// @param alternate whether a prefix such as `0x` is written
  public static String number(Object value, char kind, int precision, boolean alternate) {
    return switch (kind) {
      case 'x', 'X', 'o', 'b' -> radix(whole(value), kind, alternate);
      case 'e', 'E' -> cased(kind, exponential(value, precision < 0 ? 6 : precision));
      case 'f', 'F' -> fixed(value, precision < 0 ? 6 : precision);
      case 'g', 'G' -> cased(kind, general(Numbers.toDouble(value), precision < 0 ? 6 : precision));
      default -> whole(value).toString();
    };
  }

  private static String cased(char kind, String text) {
    return Character.isUpperCase(kind) ? text.toUpperCase(Locale.ROOT) : text;
  }

  /// The character of a code.
  public static String character(Object code) {
    int c = Numbers.toInt(code);
    if (!Character.isValidCodePoint(c)) {
      throw new Failure("A format asks for the character of " + code + ", which there is none of.");
    }
    return Character.toString(c);
  }

  private static BigInteger whole(Object value) {
    if (!(value instanceof Double d)) {
      return Numbers.big(value);
    }
    if (!Double.isFinite(d)) {
      throw new Failure("This float is no integer.");
    }
    return new BigDecimal(d).toBigInteger();
  }

  private static String radix(BigInteger value, char kind, boolean alternate) {
    int radix = kind == 'o' ? 8 : kind == 'b' ? 2 : 16;
    String digits = value.abs().toString(radix);
    String prefix = alternate ? "0" + kind : "";
    String sign = value.signum() < 0 ? "-" : "";
    return sign + prefix + (kind == 'X' ? digits.toUpperCase(Locale.ROOT) : digits);
  }

  public static String fixed(Object value, int precision) {
    double number = Numbers.toDouble(value);
    if (!Double.isFinite(number)) {
      return Numbers.print(number);
    }
    String text =
        new BigDecimal(number).setScale(precision, RoundingMode.HALF_EVEN).toPlainString();
    return number < 0 && !text.startsWith("-") ? "-" + text : text;
  }

  private static String exponential(Object value, int precision) {
    double number = Numbers.toDouble(value);
    if (!Double.isFinite(number)) {
      return Numbers.print(number);
    }
    BigDecimal rounded =
        new BigDecimal(number).round(new MathContext(precision + 1, RoundingMode.HALF_EVEN));
    String digits = rounded.unscaledValue().abs().toString();
    int exponent = number == 0 ? 0 : digits.length() - rounded.scale() - 1;
    String padded = digits + "0".repeat(Math.max(0, precision + 1 - digits.length()));
    String fraction = precision > 0 ? "." + padded.substring(1, precision + 1) : "";
    return (number < 0 ? "-" : "") + padded.charAt(0) + fraction + exponent(exponent);
  }

  private static String exponent(int exponent) {
    int size = Math.abs(exponent);
    return (exponent < 0 ? "e-" : "e+") + (size < 10 ? "0" : "") + size;
  }

  /// `%g`: significant digits, with trailing zeros dropped.
  static String general(double value, int precision) {
    if (!Double.isFinite(value) || value == 0) {
      return value == 0 ? "0" : Numbers.print(value);
    }
    int digits = Math.max(1, precision);
    BigDecimal rounded =
        new BigDecimal(value)
            .round(new MathContext(digits, RoundingMode.HALF_EVEN))
            .stripTrailingZeros();
    int exponent = rounded.precision() - rounded.scale() - 1;
    if (exponent >= -4 && exponent < digits) {
      return rounded.toPlainString();
    }
    String all = rounded.unscaledValue().abs().toString();
    String fraction = all.length() > 1 ? "." + all.substring(1) : "";
    return (value < 0 ? "-" : "") + all.charAt(0) + fraction + exponent(exponent);
  }
}
