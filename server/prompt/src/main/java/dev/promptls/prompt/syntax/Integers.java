package dev.promptls.prompt.syntax;

import java.math.BigInteger;

/// Whole numbers as they are written in settings and data.
final class Integers {
  /// Digits, with a sign, that always fit into a `long`.
  private static final int SURE = 18;

  private Integers() {}

  /// A `Long`, or a `BigInteger` if it is too large for one.
  ///
  /// @param digits in base ten, perhaps with a sign
  static Object of(String digits) {
    return digits.length() <= SURE
        ? (Object) Long.valueOf(digits)
        : narrowed(new BigInteger(digits));
  }

  static Object narrowed(BigInteger value) {
    return value.bitLength() < Long.SIZE ? (Object) value.longValue() : value;
  }
}
