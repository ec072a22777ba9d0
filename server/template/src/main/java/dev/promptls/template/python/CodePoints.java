package dev.promptls.template.python;

import dev.promptls.template.run.Meter;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Strings counted as Python counts them, in code points.
public final class CodePoints {
  private static final String[] ASCII =
      IntStream.range(0, 128).mapToObj(Character::toString).toArray(String[]::new);

  private CodePoints() {}

  /// The length of a text that is paid for.
  public static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  public static int length(String text, Meter meter) {
    meter.scan(text.length());
    return length(text);
  }

  /// Where the first `count` code points of a text end, or its end where it has fewer.
  public static int offset(String text, int count, Meter meter) {
    return count >= length(text, meter) ? text.length() : inside(text, count, meter);
  }

  /// Where the first `count` code points of a text end, which has as many.
  private static int inside(String text, int count, Meter meter) {
    // The JDK counts them one by one.
    meter.scan(2L * count);
    return text.offsetByCodePoints(0, count);
  }

  /// One code point; null if there are not so many.
  ///
  /// @param index counted from the end if negative
  public static @Nullable String at(String text, int index, Meter meter) {
    int length = length(text, meter);
    int place = index < 0 ? index + length : index;
    return place < 0 || place >= length
        ? null
        : Character.toString(text.codePointAt(inside(text, place, meter)));
  }

  /// The order of two strings by code points, which differs from Java's beyond U+FFFF.
  static int compare(String a, String b, Meter meter) {
    int size = Math.min(a.length(), b.length());
    for (int i = 0; i < size; i++) {
      meter.walk();
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
    meter.steps(text.length());
    List<@Nullable Object> parts = new ArrayList<>(text.length());
    iterate(text).forEachRemaining(parts::add);
    return parts;
  }

  /// Each code point as a string, made when it is asked for.
  static Iterator<@Nullable Object> iterate(String text) {
    return new Iterator<>() {
      private int at;

      @Override
      public boolean hasNext() {
        return at < text.length();
      }

      @Override
      public String next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        int c = text.codePointAt(at);
        at += Character.charCount(c);
        return c < ASCII.length ? ASCII[c] : Character.toString(c);
      }
    };
  }

  /// The code points at `start`, `start + step` and so on, up to but without the one at `stop`.
  public static String slice(String text, int start, int stop, int step, Meter meter) {
    if (step == 1) {
      int from = offset(text, start, meter);
      return meter.made(text.substring(from, Math.max(from, offset(text, stop, meter))));
    }
    boolean pairs = length(text, meter) < text.length();
    int[] all = pairs ? meter.walked(text).toArray() : new int[0];
    StringBuilder out = new StringBuilder();
    for (long i = start; step < 0 ? i > stop : i < stop; i += step) {
      meter.walk();
      out.appendCodePoint(pairs ? all[(int) i] : text.charAt((int) i));
    }
    return meter.made(out.toString());
  }

  /// Whether Python counts a character as white space.
  public static boolean isSpace(int c) {
    return (c >= 9 && c <= 13)
        || (c >= 28 && c <= 32)
        || c == 0x85
        || c == 0xA0
        || (c > 0xFF && (Character.isSpaceChar(c) || Character.isWhitespace(c)));
  }
}
