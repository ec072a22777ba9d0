package dev.promptls.model.decode;

import java.util.Arrays;

/// The largest of many logits.
final class Likeliest {
  private Likeliest() {}

  /// The ids of the `count` largest logits, the largest first; equal ones by number.
  static int[] of(float[] logits, int count) {
    int[] best = new int[Math.min(count, logits.length)];
    int size = 0;
    for (int id = 0; id < logits.length; id++) {
      if (size == best.length && (size == 0 || logits[id] <= logits[best[size - 1]])) {
        continue;
      }
      int at = size < best.length ? size++ : size - 1;
      while (at > 0 && logits[best[at - 1]] < logits[id]) {
        best[at] = best[at - 1];
        at--;
      }
      best[at] = id;
    }
    return Arrays.copyOf(best, size);
  }
}
