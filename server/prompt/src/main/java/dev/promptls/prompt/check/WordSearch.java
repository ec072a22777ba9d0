package dev.promptls.prompt.check;

import java.util.Comparator;
import java.util.List;

/// Looks for the next of some words in one pass over a text, however many words there are.
final class WordSearch {
  private static final int ASCII = 128;

  private final List<String> words;

  /// For two characters the number, from 1, of the first word that begins with them; those that
  /// begin alike follow each other.
  private final int[] beginnings = new int[ASCII * ASCII];

  /// @param words of two ASCII characters or more
  WordSearch(List<String> words) {
    this.words = words.stream().sorted(Comparator.naturalOrder()).toList();
    for (int i = words.size(); i > 0; i--) {
      beginnings[beginning(this.words.get(i - 1), 0)] = i;
    }
  }

  private static int beginning(String text, int at) {
    return text.charAt(at) * ASCII + text.charAt(at + 1);
  }

  /// The first place at an offset or behind it where a word stands; the end if there is none.
  int next(String text, int from, int end) {
    int first = from < end ? text.charAt(from) : 0;
    for (int at = from; at + 1 < end; at++) {
      int second = text.charAt(at + 1);
      if ((first | second) < ASCII
          && beginnings[first * ASCII + second] > 0
          && isWord(text, at, end)) {
        return at;
      }
      first = second;
    }
    return end;
  }

  private boolean isWord(String text, int at, int end) {
    int beginning = beginning(text, at);
    for (int i = beginnings[beginning] - 1; i < words.size(); i++) {
      String word = words.get(i);
      if (beginning(word, 0) != beginning) {
        return false;
      }
      int last = at + word.length() - 1;
      // The last character first: a ruled line begins like the head of a key at each of its
      // hyphens.
      if (last < end
          && text.charAt(last) == word.charAt(word.length() - 1)
          && text.startsWith(word, at)) {
        return true;
      }
    }
    return false;
  }
}
