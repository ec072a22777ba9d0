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

  private int end(String text, int start) {
    int last = Math.min(text.length() - 1, start + most);
    for (int at = start + size; at < last; at++) {
      if (text.charAt(at) == ' '
          && isLetter(text.charAt(at - 1))
          && isLetter(text.charAt(at + 1))) {
        return at;
      }
    }
    if (text.length() <= start + most) {
      return text.length();
    }
    return Character.isLowSurrogate(text.charAt(last)) ? last - 1 : last;
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }
}
