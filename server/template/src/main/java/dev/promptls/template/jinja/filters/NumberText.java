package dev.promptls.template.jinja.filters;

import dev.promptls.template.run.Numbers;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Numbers read from text as Python's `int()` and `float()` read them.
final class NumberText {
  private static final int LENGTH = 400;
  private static final Pattern FLOAT =
      Pattern.compile("[+-]?(\\d[\\d_]*(\\.[\\d_]*)?|\\.\\d[\\d_]*)([eE][+-]?\\d{1,6})?");
  private static final Pattern SPECIAL = Pattern.compile("[+-]?(inf|infinity|nan)");

  private NumberText() {}

  /// @param fallback what a text that is no number gives
  static @Nullable Object integer(String text, int base, @Nullable Object fallback) {
    String trimmed = text.strip();
    if (trimmed.length() > 2 * LENGTH) {
      return fallback;
    }
    String digits = trimmed.replaceAll("(?<=[0-9a-zA-Z])_(?=[0-9a-zA-Z])", "");
    boolean negative = digits.startsWith("-");
    if (negative || digits.startsWith("+")) {
      digits = digits.substring(1);
    }
    String prefix = digits.length() > 1 ? digits.substring(0, 2).toLowerCase(Locale.ROOT) : "";
    int implied =
        switch (prefix) {
          case "0x" -> 16;
          case "0o" -> 8;
          case "0b" -> 2;
          default -> 10;
        };
    if (implied != 10 && (base == implied || base == 0)) {
      digits = digits.substring(2);
    }
    int radix = base == 0 ? implied : base;
    boolean valid =
        !digits.isEmpty()
            && digits.length() < LENGTH
            && radix >= 2
            && radix <= 36
            && digits.chars().allMatch(c -> Character.digit(c, radix) >= 0);
    if (valid) {
      BigInteger value = new BigInteger(digits, radix);
      return Numbers.integer(negative ? value.negate() : value);
    }
    Object number = decimal(text, null);
    return number instanceof Double d && Double.isFinite(d)
        ? Numbers.integer(new BigDecimal(d).toBigInteger())
        : fallback;
  }

  static @Nullable Object decimal(String text, @Nullable Object fallback) {
    String trimmed = text.strip();
    if (trimmed.length() < LENGTH && FLOAT.matcher(trimmed).matches()) {
      return Double.valueOf(trimmed.replace("_", ""));
    }
    String lower = trimmed.length() < LENGTH ? trimmed.toLowerCase(Locale.ROOT) : "";
    if (!SPECIAL.matcher(lower).matches()) {
      return fallback;
    }
    if (lower.endsWith("nan")) {
      return Double.NaN;
    }
    return lower.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
  }
}
