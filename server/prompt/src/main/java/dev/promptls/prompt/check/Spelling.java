package dev.promptls.prompt.check;

import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Finds the word that somebody meant.
final class Spelling {
  private static final int MAX_LENGTH = 60;

  private Spelling() {}

  /// The known word that differs in the fewest letters, if these are few; null if none is near.
  static @Nullable String nearest(String word, Collection<String> known) {
    if (word.length() > MAX_LENGTH) {
      return null;
    }
    String best = null;
    int least = Math.min(3, word.length() / 2 + 1);
    for (String candidate : known) {
      int distance = distance(word, candidate, least);
      if (distance < least) {
        best = candidate;
        least = distance;
      }
    }
    return best;
  }

  /// Levenshtein's distance, with the exchange of two neighbours as one step, without regard to
  /// case and to the marks between words; `limit` if it is not below that.
  private static int distance(String one, String other, int limit) {
    String a = bare(one);
    String b = bare(other);
    if (Math.abs(a.length() - b.length()) >= limit) {
      return limit;
    }
    int[][] rows = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      rows[i][0] = i;
    }
    for (int j = 0; j <= b.length(); j++) {
      rows[0][j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      for (int j = 1; j <= b.length(); j++) {
        boolean same = a.charAt(i - 1) == b.charAt(j - 1);
        int best = rows[i - 1][j - 1] + (same ? 0 : 1);
        best = Math.min(best, Math.min(rows[i - 1][j], rows[i][j - 1]) + 1);
        boolean exchanged =
            i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
        rows[i][j] = exchanged ? Math.min(best, rows[i - 2][j - 2] + 1) : best;
      }
    }
    return Math.min(limit, rows[a.length()][b.length()]);
  }

  private static String bare(String word) {
    return word.toLowerCase(Locale.ROOT).replace("_", "").replace("-", "");
  }
}
