package dev.promptls.template.jinja.filters;

import dev.promptls.template.python.Bound;
import dev.promptls.template.python.Python;
import dev.promptls.template.run.Failure;
import dev.promptls.template.run.Numbers;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/// The filter `round`.
final class Rounding {
  private Rounding() {}

  static Object round(@Nullable Object value, Bound bound) {
    if (value == null || !Numbers.isNumber(value)) {
      throw Python.undefined(value, null, () -> "'round' needs a number.");
    }
    int precision = Math.clamp(bound.integer("precision", 0), -400, 400);
    Object method = bound.get("method", "common");
    double number = Numbers.toDouble(value);
    if ("ceil".equals(method) || "floor".equals(method)) {
      double scale = Math.pow(10, precision);
      double scaled = number * scale;
      // Python rounds to an integer, which has no negative zero.
      return (("ceil".equals(method) ? Math.ceil(scaled) : Math.floor(scaled)) + 0.0) / scale;
    }
    if (!"common".equals(method)) {
      throw new Failure("'round' knows the methods common, ceil and floor.");
    }
    BigDecimal exact =
        value instanceof Double d
            ? (Double.isFinite(d) ? new BigDecimal(d) : null)
            : new BigDecimal(Numbers.big(value));
    if (exact == null) {
      return value;
    }
    BigDecimal rounded = exact.setScale(precision, RoundingMode.HALF_EVEN);
    return value instanceof Double
        ? (Object) Math.copySign(rounded.doubleValue(), number)
        : Numbers.integer(precision >= 0 ? Numbers.big(value) : rounded.toBigInteger());
  }
}
