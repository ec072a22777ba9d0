package dev.promptls.model.tokens;

import java.util.Comparator;
import java.util.Map;
import java.util.PriorityQueue;

/// The characters of a stretch of text, joined to longer and longer symbols: again and again the
/// neighbours whose joined text is the token of the highest score, of equal ones the leftmost.
final class SymbolChain {
  private static final Comparator<Pair> BEST_FIRST =
      Comparator.comparingDouble(Pair::score).reversed().thenComparingInt(Pair::left);

  private final String text;
  private final Map<String, Integer> ids;
  private final float[] scores;

  /// Where a symbol begins and how long it is; one that was joined to its left has length 0.
  private final int[] starts;

  private final int[] lengths;
  private final int[] previous;
  private final int[] next;
  private final int count;
  private final PriorityQueue<Pair> queue = new PriorityQueue<>(BEST_FIRST);

  /// Two neighbours that together are a token, as they were when they were found.
  private record Pair(int left, int right, int length, float score) {}

  SymbolChain(String text, int from, int to, Map<String, Integer> ids, float[] scores) {
    this.text = text;
    this.ids = ids;
    this.scores = scores;
    int symbols = text.codePointCount(from, to);
    starts = new int[symbols];
    lengths = new int[symbols];
    previous = new int[symbols];
    next = new int[symbols];
    int at = from;
    for (int i = 0; i < symbols; i++) {
      starts[i] = at;
      lengths[i] = Character.charCount(text.codePointAt(at));
      at += lengths[i];
      previous[i] = i - 1;
      next[i] = i + 1 < symbols ? i + 1 : -1;
    }
    count = symbols;
  }

  /// Joins what can be joined and gives the ranges of the symbols that are left, in order.
  void join(RangeSink sink) {
    for (int i = 1; i < count; i++) {
      offer(i - 1, i);
    }
    for (Pair pair = queue.poll(); pair != null; pair = queue.poll()) {
      int left = pair.left();
      int right = pair.right();
      boolean asFound =
          lengths[left] > 0
              && lengths[right] > 0
              && lengths[left] + lengths[right] == pair.length();
      if (asFound) {
        lengths[left] += lengths[right];
        lengths[right] = 0;
        next[left] = next[right];
        if (next[left] >= 0) {
          previous[next[left]] = left;
        }
        offer(previous[left], left);
        offer(left, next[left]);
      }
    }
    for (int i = count == 0 ? -1 : 0; i >= 0; i = next[i]) {
      sink.accept(starts[i], starts[i] + lengths[i]);
    }
  }

  private void offer(int left, int right) {
    if (left < 0 || right < 0) {
      return;
    }
    int length = lengths[left] + lengths[right];
    Integer id = ids.get(text.substring(starts[left], starts[left] + length));
    if (id != null) {
      queue.add(new Pair(left, right, length, scores[id]));
    }
  }

  @FunctionalInterface
  interface RangeSink {
    void accept(int start, int end);
  }
}
