package dev.promptls.template;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Strings counted as Python counts them, in code points.
final class CodePoints {
  private CodePoints() {}

  static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  /// The order of two strings by code points, which differs from Java's beyond U+FFFF.
  static int compare(String a, String b) {
    int size = Math.min(a.length(), b.length());
    for (int i = 0; i < size; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        boolean pairs = Character.isSurrogate(x) || Character.isSurrogate(y);
        return pairs ? Integer.compare(a.codePointAt(i), b.codePointAt(i)) : x - y;
      }
    }
    return a.length() - b.length();
  }

  /// Each code point as a string.
  static List<@Nullable Object> split(String text, Meter meter) {
    meter.chars(text.length());
    meter.steps(text.length() / 16);
    List<@Nullable Object> parts = new ArrayList<>(text.length());
    text.codePoints().forEach(c -> parts.add(Character.toString(c)));
    return parts;
  }
}
