package dev.promptls.prompt.shots;

import dev.promptls.prompt.text.Span;
import org.jspecify.annotations.Nullable;

/// A word or a few with a colon at the start of a line: `Review:`, `**Q1:**`, `### Input:`.
///
/// @param name without marks and numbers
/// @param head from the start of the line to behind the colon
record Label(String name, Span head) {
  private static final int MAX_LENGTH = 40;
  private static final int MAX_WORDS = 5;

  /// The label that a stretch of text begins with.
  static @Nullable Label at(String text, Span span) {
    return at(text, span.start(), span.end());
  }

  private static @Nullable Label at(String text, int start, int end) {
    int at = skip(text, start, end, " \t");
    at = skip(text, at, end, "#*_ ");
    if (at >= end || !Character.isLetter(text.codePointAt(at))) {
      return null;
    }
    int limit = Math.min(end, at + MAX_LENGTH + 1);
    int colon = at;
    while (colon < limit && !isColon(text.charAt(colon))) {
      if (text.charAt(colon) == '{') {
        return null;
      }
      colon++;
    }
    if (colon >= limit || colon == at) {
      return null;
    }
    int behind = skip(text, colon + 1, end, "*_");
    if (behind < end && !Character.isWhitespace(text.charAt(behind)) && text.charAt(colon) == ':') {
      return null;
    }
    String name = bare(text.substring(at, colon));
    return !name.isEmpty() && words(name) <= MAX_WORDS
        ? new Label(name, new Span(start, behind))
        : null;
  }

  /// A label without emphasis and number: `Q1**` is `Q`.
  private static String bare(String label) {
    int end = label.length();
    while (end > 0 && "*_ \t#0123456789".indexOf(label.charAt(end - 1)) >= 0) {
      end--;
    }
    return label.substring(0, end);
  }

  private static int words(String name) {
    int words = 1;
    for (int at = name.indexOf(' '); at >= 0; at = name.indexOf(' ', at + 1)) {
      words++;
    }
    return words;
  }

  private static boolean isColon(char c) {
    return c == ':' || c == '：';
  }

  private static int skip(String text, int from, int end, String characters) {
    int at = from;
    while (at < end && characters.indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    return at;
  }
}
