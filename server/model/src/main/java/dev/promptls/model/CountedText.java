package dev.promptls.model;

import java.util.Arrays;

/// A text with the number of its tokens. Immutable; of another text only what is not the same is
/// counted, so that after a keystroke the count of a long text is there at once. The numbers are
/// those of a full count.
public final class CountedText {
  /// At least so long are the parts that are counted one by one, but for those around an edit, in
  /// UTF-16 units.
  private static final int PART = 1024;

  /// Units that are compared at once.
  private static final int BLOCK = 4096;

  private final Tokenizer tokenizer;
  private final String text;

  /// Where the parts begin, and behind them the end of the text.
  private final int[] starts;

  private final int[] counts;
  private final int count;

  private CountedText(Tokenizer tokenizer, String text, int[] starts, int[] counts) {
    this.tokenizer = tokenizer;
    this.text = text;
    this.starts = starts;
    this.counts = counts;
    this.count = Arrays.stream(counts).sum();
  }

  public static CountedText of(Tokenizer tokenizer, String text) {
    return new CountedText(tokenizer, "", new int[] {0}, new int[0]).with(text);
  }

  public String text() {
    return text;
  }

  /// The tokens of the text.
  public int count() {
    return count;
  }

  /// Another text, best one that has much in common with this one.
  public CountedText with(String other) {
    if (other.equals(text)) {
      return this;
    }
    int shared = Math.min(text.length(), other.length());
    int before = sameBefore(other, shared);
    int behind = sameBehind(other, shared - before);
    int growth = other.length() - text.length();
    // A place to cut stays one while the characters around it are the same.
    int kept = partsUpTo(before - 2);
    int rest = partFrom(text.length() - behind + 2);
    Parts parts = new Parts(kept + counts.length - rest + 8);
    for (int i = 0; i < kept; i++) {
      parts.add(starts[i], counts[i]);
    }
    countParts(
        other, starts[kept], rest == counts.length ? other.length() : starts[rest] + growth, parts);
    for (int i = rest; i < counts.length; i++) {
      parts.add(starts[i] + growth, counts[i]);
    }
    return new CountedText(tokenizer, other, parts.starts(other.length()), parts.counts());
  }

  private void countParts(String other, int from, int end, Parts parts) {
    int start = from;
    while (start < end) {
      int cut = Math.min(end, tokenizer.nextCut(other, Math.min(end, start + PART)));
      parts.add(start, tokenizer.count(other, start, cut));
      start = cut;
    }
  }

  /// How many parts end before an offset, or at it.
  private int partsUpTo(int offset) {
    int found = Arrays.binarySearch(starts, Math.max(0, offset));
    return found >= 0 ? Math.min(found, counts.length) : -found - 2;
  }

  /// The first part that begins at an offset or behind it.
  private int partFrom(int offset) {
    int found = Arrays.binarySearch(starts, Math.min(offset, text.length()));
    return found >= 0 ? found : -found - 1;
  }

  private int sameBefore(String other, int limit) {
    int same = 0;
    while (same + BLOCK <= limit && text.regionMatches(same, other, same, BLOCK)) {
      same += BLOCK;
    }
    while (same < limit && text.charAt(same) == other.charAt(same)) {
      same++;
    }
    return same;
  }

  private int sameBehind(String other, int limit) {
    int end = text.length();
    int otherEnd = other.length();
    int same = 0;
    while (same + BLOCK <= limit
        && text.regionMatches(end - same - BLOCK, other, otherEnd - same - BLOCK, BLOCK)) {
      same += BLOCK;
    }
    while (same < limit && text.charAt(end - same - 1) == other.charAt(otherEnd - same - 1)) {
      same++;
    }
    return same;
  }

  /// Parts as they are found.
  private static final class Parts {
    private int[] starts;
    private int[] counts;
    private int size;

    Parts(int capacity) {
      starts = new int[capacity];
      counts = new int[capacity];
    }

    void add(int start, int count) {
      if (size == counts.length) {
        starts = Arrays.copyOf(starts, 2 * size);
        counts = Arrays.copyOf(counts, 2 * size);
      }
      starts[size] = start;
      counts[size++] = count;
    }

    int[] starts(int end) {
      int[] all = Arrays.copyOf(starts, size + 1);
      all[size] = end;
      return all;
    }

    int[] counts() {
      return Arrays.copyOf(counts, size);
    }
  }
}
