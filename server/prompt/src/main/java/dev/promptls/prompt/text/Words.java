package dev.promptls.prompt.text;

import org.jspecify.annotations.Nullable;

/// Stretches of a text as strings. A short one that stands in many places is mostly the same
/// object, so that ten thousand times `user` take the room of one.
public final class Words {
  private static final int LONGEST = 32;
  private static final int KNOWN = 256;

  private final String text;
  private final @Nullable String[] known = new String[KNOWN];

  public Words(String text) {
    this.text = text;
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
    int place = (hash ^ (hash >>> 8)) & (KNOWN - 1);
    String word = known[place];
    if (word == null || word.length() != end - start || !text.startsWith(word, start)) {
      word = text.substring(start, end);
      known[place] = word;
    }
    return word;
  }
}
