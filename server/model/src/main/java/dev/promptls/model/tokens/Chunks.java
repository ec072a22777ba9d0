package dev.promptls.model.tokens;

import java.util.function.ObjIntConsumer;

/// Cuts long texts where the tokens are the same as without the cut: between a letter and a space
/// that a letter follows. No rule that cuts text into words sees across it ([PreTokenizer]).
///
/// @param size from here on such a place is looked for, in UTF-16 units
/// @param most where there is none until here, the text is cut all the same, so that memory and
///   time stay bounded; a token may then be cut in two
record Chunks(int size, int most) {
  /// Gives the chunks of a text in order, each with its offset.
  void forEach(String text, ObjIntConsumer<String> consumer) {
    int start = 0;
    while (start < text.length()) {
      int end = end(text, start);
      consumer.accept(text.substring(start, end), start);
      start = end;
    }
  }

  /// The next place from an offset on that no rule sees across; the end of the text if there is
  /// none.
  static int next(String text, int from) {
    return next(text, from, text.length());
  }

  private static int next(String text, int from, int to) {
    int last = Math.min(text.length() - 1, to);
    for (int at = Math.max(1, from); at < last; at++) {
      if (text.charAt(at) == ' '
          && isLetter(text.charAt(at - 1))
          && isLetter(text.charAt(at + 1))) {
        return at;
      }
    }
    return to;
  }

  private int end(String text, int start) {
    int last = Math.min(text.length() - 1, start + most);
    int place = next(text, start + size, last);
    if (place < last) {
      return place;
    }
    if (text.length() <= start + most) {
      return text.length();
    }
    // What has no place begins its own chunk, so that it is cut alike whatever stands before it.
    for (int at = Math.min(start + size, last) - 1; at > start; at--) {
      if (next(text, at, at + 1) == at) {
        return at;
      }
    }
    return Character.isLowSurrogate(text.charAt(last)) ? last - 1 : last;
  }

  /// Whether a special token can be the end or the beginning of a word at such a place, or go
  /// across it.
  static boolean touchesWords(String special) {
    return special.isEmpty()
        || isLetter(special.charAt(0))
        || isLetter(special.charAt(special.length() - 1))
        || next(special, 0) < special.length();
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }
}
