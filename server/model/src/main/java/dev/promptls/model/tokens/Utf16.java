package dev.promptls.model.tokens;

/// Text as tokenizers can take it.
final class Utf16 {
  private static final char REPLACEMENT = '\uFFFD';

  private Utf16() {}

  /// The text with U+FFFD for each surrogate that has no partner; its length stays the same.
  static String wellFormed(String text) {
    int bad = firstLone(text, 0);
    if (bad < 0) {
      return text;
    }
    StringBuilder fixed = new StringBuilder(text);
    for (; bad >= 0; bad = firstLone(text, bad + 1)) {
      fixed.setCharAt(bad, REPLACEMENT);
    }
    return fixed.toString();
  }

  private static int firstLone(String text, int from) {
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(c)) {
        return i;
      }
    }
    return -1;
  }
}
