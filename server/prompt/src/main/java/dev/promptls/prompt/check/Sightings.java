package dev.promptls.prompt.check;

import java.util.Arrays;
import java.util.List;

/// Where any of some words stands next, while one goes through a text from front to back: each word
/// is looked for once, however many lines there are.
final class Sightings {
  private final String text;
  private final int end;
  private final List<String> words;

  /// For each word where it stands next, as far as it has been looked for.
  private final int[] places;

  /// @param from where to begin
  /// @param end where to stop
  Sightings(String text, int from, int end, List<String> words) {
    this.text = text;
    this.end = end;
    this.words = words;
    this.places = new int[words.size()];
    Arrays.setAll(places, word -> find(word, from));
  }

  /// The first place at an offset or behind it; the end if there is none.
  ///
  /// @param from not before that of an earlier call
  int next(int from) {
    int first = end;
    for (int word = 0; word < places.length; word++) {
      if (places[word] < from) {
        places[word] = find(word, from);
      }
      first = Math.min(first, places[word]);
    }
    return first;
  }

  private int find(int word, int from) {
    int at = text.indexOf(words.get(word), Math.min(from, end), end);
    return at < 0 ? end : at;
  }
}
