package dev.promptls.template.python;

import dev.promptls.template.run.Meter;
import java.util.Locale;
import java.util.function.IntPredicate;

/// Upper case and lower case, as Python's strings have them.
public record Casing(Meter meter) {
  /// Characters that are made upper case at a time: for each one that becomes longer, such as `ß`,
  /// the JDK copies the whole text.
  private static final int CHUNK = 256;

  public String upper(String s) {
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

  public String lower(String s) {
    // The one character that becomes longer, for which the JDK would copy the whole text each time.
    return meter.made(lowerInPlace(s.replace("\u0130", "i\u0307")));
  }

  /// As comparing without case sees a text.
  public String folded(String s) {
    // The dotless i alone would become another letter.
    return lower(upper(s.replace('ı', '\0'))).replace('ς', 'σ').replace('\0', 'ı');
  }

  public String capitalize(String s) {
    if (s.isEmpty()) {
      return s;
    }
    int first = s.offsetByCodePoints(0, 1);
    // In one go, since the last letter of a word may depend on the first.
    String rest = lower(s).substring(lower(s.substring(0, first)).length());
    return titled(s.codePointAt(0)) + rest;
  }

  /// The first letter of each word in upper case, as `str.title` does it.
  public String title(String s) {
    StringBuilder out = new StringBuilder(s.length());
    String lower = lowerInPlace(s);
    int[] at = {0};
    boolean[] inside = {false};
    meter
        .walked(s)
        .forEach(c -> {
          int size = Character.charCount(c);
          out.append(inside[0] ? lowered(c, lower, at[0]) : titled(c));
          inside[0] = isCased(c);
          at[0] += size;
        });
    return meter.made(out.toString());
  }

  private static String lowered(int c, String lower, int at) {
    return c == 0x130 ? "i\u0307" : lower.substring(at, at + Character.charCount(c));
  }

  /// The lower case of each character at the place of the character.
  private String lowerInPlace(String s) {
    meter.walk(s.length());
    StringBuilder text = new StringBuilder(s.replace('\u0130', 'I'));
    // For each sigma the JDK would look for the words of the whole text.
    for (int at = s.indexOf('Σ'); at >= 0; at = s.indexOf('Σ', at + 1)) {
      meter.walk();
      text.setCharAt(at, endsWord(s, at) ? 'ς' : 'σ');
    }
    return text.toString().toLowerCase(Locale.ROOT);
  }

  /// Whether a letter stands before the character at `at` and none behind it.
  private boolean endsWord(String s, int at) {
    int before = at;
    while (before > 0 && isBetweenLetters(s.codePointBefore(before))) {
      meter.walk();
      before -= Character.charCount(s.codePointBefore(before));
    }
    int behind = at + 1;
    while (behind < s.length() && isBetweenLetters(s.codePointAt(behind))) {
      meter.walk();
      behind += Character.charCount(s.codePointAt(behind));
    }
    return before > 0
        && isCased(s.codePointBefore(before))
        && (behind == s.length() || !isCased(s.codePointAt(behind)));
  }

  /// Whether a character leaves a word one word: Unicode's `Case_Ignorable`.
  private static boolean isBetweenLetters(int c) {
    return switch (Character.getType(c)) {
      case Character.NON_SPACING_MARK,
          Character.ENCLOSING_MARK,
          Character.FORMAT,
          Character.MODIFIER_LETTER,
          Character.MODIFIER_SYMBOL ->
          true;
      default -> "'.:\u00b7\u0387\u055f\u05f4\u2018\u2019\u2024\u2027".indexOf(c) >= 0;
    };
  }

  /// The first letter of each word in upper case, as the filter `title` does it.
  ///
  /// @param beginsWord what stands before a word
  public String title(String s, IntPredicate beginsWord) {
    StringBuilder out = new StringBuilder(s.length());
    for (int from = 0; from < s.length(); ) {
      int to = from;
      while (to < s.length() && !beginsWord.test(s.charAt(to))) {
        meter.walk();
        to++;
      }
      int first = from < to ? s.offsetByCodePoints(from, 1) : from;
      out.append(upper(s.substring(from, first))).append(lower(s.substring(first, to)));
      for (from = to; from < s.length() && beginsWord.test(s.charAt(from)); from++) {
        meter.walk();
        meter.chars(1);
        out.append(s.charAt(from));
      }
    }
    return out.toString();
  }

  public String swapped(String s) {
    StringBuilder out = new StringBuilder(s.length());
    String lower = lowerInPlace(s);
    int[] at = {0};
    meter
        .walked(s)
        .forEach(c -> {
          int size = Character.charCount(c);
          if (Character.isUpperCase(c)) {
            out.append(lowered(c, lower, at[0]));
          } else if (Character.isLowerCase(c)) {
            out.append(Character.toString(c).toUpperCase(Locale.ROOT));
          } else {
            out.appendCodePoint(c);
          }
          at[0] += size;
        });
    return meter.made(out.toString());
  }

  public boolean isUpper(String s) {
    return hasCased(s) && meter.walked(s).noneMatch(Character::isLowerCase);
  }

  public boolean isLower(String s) {
    return hasCased(s) && meter.walked(s).noneMatch(Character::isUpperCase);
  }

  public boolean isTitle(String s) {
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
    if (upper.length() > text.length()) {
      return isCased(upper.charAt(0))
          ? upper.substring(0, 1) + upper.substring(1).toLowerCase(Locale.ROOT)
          : upper;
    }
    return Character.toString(Character.toTitleCase(c));
  }
}
