package dev.promptls.template;

import java.util.Locale;
import java.util.function.IntPredicate;

/// Upper case and lower case, as Python's strings have them.
record Casing(Meter meter) {
  /// Characters that are made upper case at a time: for each one that becomes longer, such as `ß`,
  /// the JDK copies the whole text.
  private static final int CHUNK = 256;

  String upper(String s) {
    StringBuilder out = new StringBuilder(s.length());
    for (int from = 0; from < s.length(); ) {
      int to = Math.min(s.length(), from + CHUNK);
      to -= to < s.length() && Character.isLowSurrogate(s.charAt(to)) ? 1 : 0;
      meter.walk(CHUNK);
      out.append(meter.made(s.substring(from, to).toUpperCase(Locale.ROOT)));
      from = to;
    }
    return out.toString();
  }

  String lower(String s) {
    meter.walk(s.length());
    // The one character that becomes longer, for which the JDK would copy the whole text each time.
    return meter.made(s.replace("\u0130", "i\u0307").toLowerCase(Locale.ROOT));
  }

  /// As comparing without case sees a text.
  String folded(String s) {
    return lower(upper(s)).replace('ς', 'σ');
  }

  String capitalize(String s) {
    if (s.isEmpty()) {
      return s;
    }
    int first = s.offsetByCodePoints(0, 1);
    return titled(s.codePointAt(0)) + lower(s.substring(first));
  }

  /// The first letter of each word in upper case, as `str.title` does it.
  String title(String s) {
    StringBuilder out = new StringBuilder(s.length());
    boolean[] inside = {false};
    meter
        .walked(s)
        .forEach(c -> {
          out.append(inside[0] ? Character.toString(Character.toLowerCase(c)) : titled(c));
          inside[0] = isCased(c);
        });
    return meter.made(out.toString());
  }

  /// The first letter of each word in upper case, as the filter `title` does it.
  ///
  /// @param beginsWord what stands before a word
  String title(String s, IntPredicate beginsWord) {
    StringBuilder out = new StringBuilder(s.length());
    for (int from = 0; from < s.length(); ) {
      int to = from;
      while (to < s.length() && !beginsWord.test(s.charAt(to))) {
        meter.walk();
        to++;
      }
      out.append(capitalize(s.substring(from, to)));
      for (from = to; from < s.length() && beginsWord.test(s.charAt(from)); from++) {
        meter.walk();
        meter.chars(1);
        out.append(s.charAt(from));
      }
    }
    return out.toString();
  }

  String swapped(String s) {
    StringBuilder out = new StringBuilder(s.length());
    meter
        .walked(s)
        .forEach(c ->
            out.append(
                Character.isUpperCase(c)
                    ? Character.toString(c).toLowerCase(Locale.ROOT)
                    : Character.toString(c).toUpperCase(Locale.ROOT)));
    return meter.made(out.toString());
  }

  boolean isUpper(String s) {
    return hasCased(s) && meter.walked(s).noneMatch(Character::isLowerCase);
  }

  boolean isLower(String s) {
    return hasCased(s) && meter.walked(s).noneMatch(Character::isUpperCase);
  }

  boolean isTitle(String s) {
    return hasCased(s) && title(s).equals(s);
  }

  private boolean hasCased(String s) {
    return meter.walked(s).anyMatch(Casing::isCased);
  }

  private static boolean isCased(int c) {
    return Character.isUpperCase(c) || Character.isLowerCase(c) || Character.isTitleCase(c);
  }

  private static String titled(int c) {
    String text = Character.toString(c);
    // One letter may become several, such as the ligature of f and i.
    String upper = text.toUpperCase(Locale.ROOT);
    return upper.length() > text.length()
        ? upper.substring(0, 1) + upper.substring(1).toLowerCase(Locale.ROOT)
        : Character.toString(Character.toTitleCase(c));
  }
}
