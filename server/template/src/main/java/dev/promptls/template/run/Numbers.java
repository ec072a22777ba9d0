package dev.promptls.template.run;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/// Python's numbers: integers of any size (here Long, or BigInteger where that is too small),
/// floats (Double), and booleans counting as 0 and 1.
public final class Numbers {
  /// Bits of the largest integer a template may make.
  private static final int MAX_BITS = 1 << 14;

  private Numbers() {}

  public static Object integer(BigInteger value) {
    if (value.bitLength() < Long.SIZE) {
      return value.longValue();
    }
    if (value.bitLength() > MAX_BITS) {
      throw tooLarge();
    }
    return value;
  }

  private static Failure tooLarge() {
    return new Failure("This number has more than " + MAX_BITS + " bits; keep it smaller.");
  }

  /// A number written as JSON writes it.
  static Object parse(String text) {
    boolean whole = text.chars().allMatch(c -> c == '-' || (c >= '0' && c <= '9'));
    return whole ? integer(new BigInteger(text)) : (Object) Double.valueOf(text);
  }

  public static boolean isNumber(@Nullable Object value) {
    return value instanceof Number || value instanceof Boolean;
  }

  public static boolean isInteger(@Nullable Object value) {
    return value instanceof Long || value instanceof BigInteger || value instanceof Boolean;
  }

  /// Steps that an operation on a number takes beside its own one.
  public static long weight(Object value) {
    return value instanceof BigInteger n ? n.bitLength() / 32 : 0;
  }

  public static BigInteger big(Object value) {
    return switch (value) {
      case BigInteger n -> n;
      case Boolean b -> b ? BigInteger.ONE : BigInteger.ZERO;
      default -> BigInteger.valueOf(((Number) value).longValue());
    };
  }

  public static double toDouble(Object value) {
    return value instanceof Boolean b ? (b ? 1 : 0) : ((Number) value).doubleValue();
  }

  /// An integer for an index or a count, cut off at the ends of `int`.
  public static int toInt(Object value) {
    if (value instanceof BigInteger n) {
      return n.signum() < 0 ? Integer.MIN_VALUE : Integer.MAX_VALUE;
    }
    return Math.clamp(big(value).longValue(), Integer.MIN_VALUE, Integer.MAX_VALUE);
  }

  public static int compare(Object a, Object b) {
    if (a instanceof Double || b instanceof Double) {
      double x = toDouble(a);
      double y = toDouble(b);
      if (Double.isFinite(x) && Double.isFinite(y)) {
        return exact(a).compareTo(exact(b));
      }
      return Double.compare(x, y);
    }
    return a instanceof Long x && b instanceof Long y
        ? Long.compare(x, y)
        : big(a).compareTo(big(b));
  }

  private static BigDecimal exact(Object value) {
    return value instanceof Double d ? new BigDecimal(d) : new BigDecimal(big(value));
  }

  public static boolean isNaN(@Nullable Object value) {
    return value instanceof Double d && d.isNaN();
  }

  public static Object apply(String operator, Object a, Object b) {
    boolean floats = a instanceof Double || b instanceof Double;
    return switch (operator) {
      case "+" -> floats ? toDouble(a) + toDouble(b) : sum(a, b);
      case "-" -> floats ? toDouble(a) - toDouble(b) : integer(big(a).subtract(big(b)));
      case "*" -> floats ? toDouble(a) * toDouble(b) : product(a, b);
      case "/" -> toDouble(a) / divisor(b);
      case "//" -> floats ? Math.floor(toDouble(a) / divisor(b)) : floorDivide(a, b);
      case "%" -> floats ? modulo(toDouble(a), divisor(b)) : integer(modulo(big(a), b));
      case "**" -> power(a, b);
      default -> throw new IllegalArgumentException(operator);
    };
  }

  private static Object sum(Object a, Object b) {
    if (a instanceof Long x && b instanceof Long y) {
      long sum = x + y;
      if (((x ^ sum) & (y ^ sum)) >= 0) {
        return sum;
      }
    }
    return integer(big(a).add(big(b)));
  }

  private static Object product(Object a, Object b) {
    BigInteger x = big(a);
    BigInteger y = big(b);
    if (x.bitLength() + y.bitLength() > MAX_BITS + 1) {
      throw tooLarge();
    }
    return integer(x.multiply(y));
  }

  private static double divisor(Object value) {
    double divisor = toDouble(value);
    if (divisor == 0) {
      throw new Failure("This divides by zero.");
    }
    return divisor;
  }

  private static Object floorDivide(Object a, Object b) {
    divisor(b);
    BigInteger[] parts = big(a).divideAndRemainder(big(b));
    boolean down = parts[1].signum() != 0 && parts[1].signum() != big(b).signum();
    return integer(down ? parts[0].subtract(BigInteger.ONE) : parts[0]);
  }

  private static BigInteger modulo(BigInteger a, Object divisor) {
    divisor(divisor);
    BigInteger b = big(divisor);
    BigInteger remainder = a.mod(b.abs());
    return b.signum() < 0 && remainder.signum() != 0 ? remainder.add(b) : remainder;
  }

  private static double modulo(double a, double b) {
    double remainder = a % b;
    if (remainder == 0) {
      return Math.copySign(0.0, b);
    }
    return (remainder < 0) != (b < 0) ? remainder + b : remainder;
  }

  private static Object power(Object a, Object b) {
    if (!isInteger(a) || !isInteger(b) || big(b).signum() < 0) {
      if (toDouble(a) == 0 && toDouble(b) < 0) {
        throw new Failure("Zero cannot be raised to a negative power.");
      }
      double power = Math.pow(toDouble(a), toDouble(b));
      if (!Double.isFinite(power) && Double.isFinite(toDouble(a)) && Double.isFinite(toDouble(b))) {
        throw new Failure("This power is too large for a float, or no real number.");
      }
      return power;
    }
    BigInteger base = big(a);
    long bits = (long) base.bitLength() * toInt(b);
    if (base.bitLength() > 1 && bits > MAX_BITS) {
      throw tooLarge();
    }
    int exponent = toInt(b);
    if (base.bitLength() <= 1) {
      // -2, -1, 0 and 1: only -2 grows.
      if (base.intValue() == -2 && exponent > MAX_BITS) {
        throw tooLarge();
      }
      exponent = base.intValue() == -2 ? exponent : Math.min(exponent, 2 + (exponent & 1));
    }
    return integer(base.pow(exponent));
  }

  public static Object negate(Object value) {
    return value instanceof Double d ? (Object) (-d) : integer(big(value).negate());
  }

  /// The decimal of the fewest digits that means a float, which is finite.
  public static BigDecimal shortest(double value) {
    // Java prints the smallest float as 4.9E-324, though one digit says it.
    boolean smallest = Math.abs(value) == Double.MIN_VALUE;
    String digits = smallest ? (value < 0 ? "-" : "") + "5E-324" : Double.toString(value);
    return new BigDecimal(digits).stripTrailingZeros();
  }

  /// A float as Python's `repr` prints it.
  public static String print(double value) {
    if (Double.isNaN(value)) {
      return "nan";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "inf" : "-inf";
    }
    if (value == 0) {
      return 1 / value < 0 ? "-0.0" : "0.0";
    }
    BigDecimal decimal = shortest(Math.abs(value));
    String digits = decimal.unscaledValue().abs().toString();
    int exponent = digits.length() - decimal.scale() - 1;
    String sign = value < 0 ? "-" : "";
    if (exponent < -4 || exponent >= 16) {
      String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
      String size = (Math.abs(exponent) < 10 ? "0" : "") + Math.abs(exponent);
      return sign + digits.charAt(0) + fraction + "e" + (exponent < 0 ? "-" : "+") + size;
    }
    String plain = decimal.abs().toPlainString();
    return sign + (plain.indexOf('.') < 0 ? plain + ".0" : plain);
  }
}
