package dev.promptls.prompt.check;

import java.util.List;

/// Looks for the next of some words in one pass over a text, however many words there are.
final class WordSearch {
  private static final int ASCII = 128;

  private final List<String> words;

  /// Whether a word begins with two characters.
  private final boolean[] beginnings = new boolean[ASCII * ASCII];

  /// @param words of two ASCII characters or more
  WordSearch(List<String> words) {
    this.words = words;
    for (String word : words) {
      beginnings[word.charAt(0) * ASCII + word.charAt(1)] = true;
    }
  }

  /// The first place at an offset or behind it where a word stands; the end if there is none.
  int next(String text, int from, int end) {
    for (int at = from; at + 1 < end; at++) {
      char first = text.charAt(at);
      char second = text.charAt(at + 1);
      if (first < ASCII
          && second < ASCII
          && beginnings[first * ASCII + second]
          && isWord(text, at, end)) {
        return at;
      }
    }
    return end;
  }

  private boolean isWord(String text, int at, int end) {
    for (String word : words) {
      if (at + word.length() <= end && text.startsWith(word, at)) {
        return true;
      }
    }
    return false;
  }
}
