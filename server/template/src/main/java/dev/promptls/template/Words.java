package dev.promptls.template;

import org.jspecify.annotations.Nullable;

/// Stretches of a text as strings. A short one that stands in many places is mostly the same
/// object, so that ten thousand times `user` take the room of one.
public final class Words {
  private static final int LONGEST = 32;
  private static final int MOST_KNOWN = 256;

  private final String text;

  /// By hash, as many as a power of two.
  private final @Nullable String[] known;

  public Words(String text) {
    this.text = text;
    this.known = new String[Integer.highestOneBit(Math.clamp(text.length() / 4, 1, MOST_KNOWN))];
  }

  /// @param end exclusive
  public String of(int start, int end) {
    if (end - start > LONGEST) {
      return text.substring(start, end);
    }
    int hash = end - start;
    for (int i = start; i < end; i++) {
      hash = 31 * hash + text.charAt(i);
    }
    int place = (hash ^ (hash >>> 8)) & (known.length - 1);
    String word = known[place];
    if (word == null || word.length() != end - start || !text.startsWith(word, start)) {
      word = text.substring(start, end);
      known[place] = word;
    }
    return word;
  }
}
