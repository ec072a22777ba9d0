package dev.promptls.model;

import java.util.Arrays;

/// An immutable sequence of token ids.
public final class TokenIds {
  public static final TokenIds EMPTY = new TokenIds(new int[0]);

  private final int[] ids;

  private TokenIds(int[] ids) {
    this.ids = ids;
  }

  public static TokenIds of(int... ids) {
    return new TokenIds(ids.clone());
  }

  public int size() {
    return ids.length;
  }

  public boolean isEmpty() {
    return ids.length == 0;
  }

  public int get(int index) {
    return ids[index];
  }

  public int[] toArray() {
    return ids.clone();
  }

  /// The ids from `from` (inclusive) to `to` (exclusive).
  public TokenIds slice(int from, int to) {
    return new TokenIds(Arrays.copyOfRange(ids, from, to));
  }

  public TokenIds plus(TokenIds after) {
    int[] all = Arrays.copyOf(ids, ids.length + after.ids.length);
    System.arraycopy(after.ids, 0, all, ids.length, after.ids.length);
    return new TokenIds(all);
  }

  /// The number of leading ids that both have.
  public int commonPrefix(TokenIds other) {
    int mismatch = Arrays.mismatch(ids, other.ids);
    return mismatch < 0 ? ids.length : mismatch;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TokenIds that && Arrays.equals(ids, that.ids);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(ids);
  }

  @Override
  public String toString() {
    return Arrays.toString(ids);
  }
}
