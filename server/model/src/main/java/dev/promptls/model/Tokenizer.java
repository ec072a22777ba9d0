package dev.promptls.model;

import java.util.List;
import java.util.Set;

/// Text to the tokens of a model and back. Safe for use by several threads.
public interface Tokenizer {
  /// The tokens of a text, special tokens recognised, nothing added.
  TokenIds encode(String text);

  /// The text of some tokens. Bytes that are not UTF-8 become U+FFFD.
  String decode(TokenIds ids);

  /// The tokens of a text with the part of the text each stands for.
  List<Piece> pieces(String text);

  /// Whether these are the model's own tokens, not an estimate.
  default boolean exact() {
    return true;
  }

  /// The number of tokens of a text.
  default int count(String text) {
    return encode(text).size();
  }

  /// The texts that are one token and steer the model, `<|im_end|>` for one; empty if not known.
  default Set<String> specialTokens() {
    return Set.of();
  }

  /// The next place from an offset on where a text can be cut: counted one by one with
  /// [#count(String, int, int)], the parts have as many tokens as the whole. The end of the text
  /// where there is none.
  ///
  /// Whether a place is one is told by the characters right before, at and behind it.
  default int nextCut(String text, int from) {
    return text.length();
  }

  /// The number of tokens of what lies between two such places, or the ends of the text.
  default int count(String text, int start, int end) {
    return count(text.substring(start, end));
  }

  /// One token of a text.
  ///
  /// @param start in UTF-16 units, inclusive
  /// @param end in UTF-16 units, exclusive; tokens that share a character have the same range
  record Piece(int id, int start, int end) {}
}
