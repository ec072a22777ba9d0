package dev.promptls.model.decode;

import dev.promptls.model.TokenIds;
import dev.promptls.model.onnx.KvCache;

/// A cache row and the tokens that are in it. Only tokens that came in by prefill count: a step
/// over a single token uses another kernel, whose values differ in the last bits, and a prompt must
/// get the same answer whatever was cached before.
final class Slot {
  private final KvCache cache;
  private final int row;
  private TokenIds ids = TokenIds.EMPTY;

  Slot(KvCache cache, int row) {
    this.cache = cache;
    this.row = row;
  }

  KvCache cache() {
    return cache;
  }

  int row() {
    return row;
  }

  TokenIds ids() {
    return ids;
  }

  /// Keeps the first `kept` tokens and forgets the rest.
  void rewind(int kept) {
    ids = ids.slice(0, Math.min(kept, ids.size()));
  }

  void append(TokenIds prefilled) {
    ids = ids.plus(prefilled);
  }

  /// Takes over the first tokens of another slot.
  void copyFrom(Slot other, int tokens) {
    cache.copyPrefix(other.cache, other.row, row, tokens);
    ids = other.ids.slice(0, tokens);
  }
}
