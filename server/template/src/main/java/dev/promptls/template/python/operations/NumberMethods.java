package dev.promptls.template.python.operations;

import dev.promptls.template.python.Bound;
import dev.promptls.template.python.Callable;
import dev.promptls.template.python.Tuple;
import dev.promptls.template.run.Failure;
import dev.promptls.template.run.Numbers;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The attributes and methods of numbers.
final class NumberMethods {
  private NumberMethods() {}

  /// A method of a number, or null.
  static @Nullable Callable find(@Nullable Object number, String name) {
    if (number == null || !Numbers.isNumber(number)) {
      return null;
    }
    boolean isFloat = number instanceof Double;
    Callable method =
        switch (name) {
          case "conjugate" -> a -> plain(number);
          case "as_integer_ratio" -> a -> ratio(number);
          case "is_integer" -> isFloat ? a -> isWhole(Numbers.toDouble(number)) : null;
          case "bit_length" -> isFloat ? null : a -> (long) Numbers.big(number).abs().bitLength();
          case "bit_count" -> isFloat ? null : a -> (long) Numbers.big(number).abs().bitCount();
          default -> null;
        };
    return method == null
        ? null
        : a -> {
          Bound.of(name, a);
          return method.call(a);
        };
  }

  /// An attribute of a number, or null.
  static @Nullable Object attribute(Object number, String name) {
    boolean isFloat = number instanceof Double;
    return switch (name) {
      case "real" -> plain(number);
      case "imag" -> isFloat ? (Object) 0.0 : (Object) 0L;
      case "numerator" -> isFloat ? null : plain(number);
      case "denominator" -> isFloat ? null : 1L;
      default -> null;
    };
  }

  private static Object plain(Object number) {
    return number instanceof Boolean ? Numbers.apply("+", number, 0L) : number;
  }

  private static boolean isWhole(double number) {
    return Double.isFinite(number) && number == Math.rint(number);
  }

  private static Tuple ratio(Object number) {
    if (!(number instanceof Double d)) {
      return new Tuple(List.of(plain(number), 1L));
    }
    if (!Double.isFinite(d)) {
      throw new Failure("This float is no ratio of integers.");
    }
    BigDecimal exact = new BigDecimal(d);
    BigInteger scale = BigInteger.TEN.pow(Math.max(0, exact.scale()));
    BigInteger top = exact.multiply(new BigDecimal(scale)).toBigIntegerExact();
    BigInteger common = top.gcd(scale);
    return new Tuple(
        List.of(Numbers.integer(top.divide(common)), Numbers.integer(scale.divide(common))));
  }
}
