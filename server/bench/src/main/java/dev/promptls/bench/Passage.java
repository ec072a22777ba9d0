package dev.promptls.bench;

import dev.promptls.model.ModelException;
import dev.promptls.model.TokenIds;
import java.io.IOException;

/// Tokens of ordinary prose, from which each round takes others, so that no cache can help where
/// none is meant to.
///
/// @param ids of the whole text
record Passage(TokenIds ids) {
  /// Prime to the length of most texts: round after round begins somewhere else.
  private static final int STRIDE = 97;

  static Passage of(TestBed bed) throws ModelException, IOException {
    return new Passage(bed.tokenizer().encode(TestBed.prose()));
  }

  /// So many tokens, from another place for each round; the text repeats where it ends. The first
  /// token is one that no other of the first 1,000 rounds begins with.
  TokenIds take(int tokens, int round) {
    int[] taken = new int[tokens];
    taken[0] = 1000 + round;
    for (int i = 1; i < tokens; i++) {
      taken[i] = ids.get((round * STRIDE + i) % ids.size());
    }
    return TokenIds.of(taken);
  }
}
