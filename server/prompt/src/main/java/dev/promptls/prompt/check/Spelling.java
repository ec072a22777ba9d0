package dev.promptls.prompt.check;

import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Finds the word that somebody meant.
public final class Spelling {
  private static final int MAX_LENGTH = 60;

  private Spelling() {}

  /// The known word that differs in the fewest letters, if these are few; null if none is near.
  public static @Nullable String nearest(String word, Collection<String> known) {
    if (word.length() > MAX_LENGTH) {
      return null;
    }
    String best = null;
    int least = Math.min(3, word.length() / 2 + 1);
    String bare = bare(word);
    for (String candidate : known) {
      int distance = distance(bare, bare(candidate), least);
      if (distance < least) {
        best = candidate;
        least = distance;
      }
    }
    return best;
  }

  /// The known word that differs in at most one letter in four: what is as near is likely to be
  /// meant. Null if there is none.
  static @Nullable String slip(String word, Collection<String> known) {
    for (String candidate : known) {
      int limit = candidate.length() / 4 + 1;
      if (distance(bare(word), bare(candidate), limit) < limit) {
        return candidate;
      }
    }
    return null;
  }

  /// Levenshtein's distance, with the exchange of two neighbours as one step; `limit` if it is not
  /// below that.
  private static int distance(String a, String b, int limit) {
    if (Math.abs(a.length() - b.length()) >= limit) {
      return limit;
    }
    int[] beforeLast = new int[b.length() + 1];
    int[] last = new int[b.length() + 1];
    int[] row = new int[b.length() + 1];
    Arrays.setAll(row, j -> j);
    int least = 0;
    for (int i = 1; i <= a.length(); i++) {
      int leastBefore = least;
      least = i;
      int[] free = beforeLast;
      beforeLast = last;
      last = row;
      row = free;
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        boolean same = a.charAt(i - 1) == b.charAt(j - 1);
        int best = last[j - 1] + (same ? 0 : 1);
        best = Math.min(best, Math.min(last[j], row[j - 1]) + 1);
        boolean exchanged =
            i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
        row[j] = exchanged ? Math.min(best, beforeLast[j - 2] + 1) : best;
        least = Math.min(least, row[j]);
      }
      // What follows comes from these two rows.
      if (Math.min(least, leastBefore) >= limit) {
        return limit;
      }
    }
    return Math.min(limit, row[b.length()]);
  }

  /// A word without regard to case and to the marks in it.
  private static String bare(String word) {
    return word.toLowerCase(Locale.ROOT).replace("_", "").replace("-", "");
  }
}
