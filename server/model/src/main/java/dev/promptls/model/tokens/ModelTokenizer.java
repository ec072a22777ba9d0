package dev.promptls.model.tokens;

import dev.promptls.model.ModelException;
import dev.promptls.model.TokenIds;
import dev.promptls.model.Tokenizer;
import java.nio.file.Path;

/// The tokenizer of a model on this machine.
///
/// Offsets of pieces are those of the text given; surrogates without a partner count as U+FFFD.
public sealed interface ModelTokenizer extends Tokenizer
    permits JsonTokenizer, SentencePieceTokenizer {

  /// The number of tokens, added ones included.
  int vocabularySize();

  /// Decodes an answer as it grows.
  StreamDecoder stream();

  /// The text of some tokens, as a continuation: the space that SentencePiece puts before a text
  /// stays, tokens that steer the model print nothing.
  @Override
  default String decode(TokenIds ids) {
    StreamDecoder decoder = stream();
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < ids.size(); i++) {
      text.append(decoder.add(ids.get(i)));
    }
    return text.append(decoder.flush()).toString();
  }

  /// The tokenizer that a GGUF file describes.
  ///
  /// @throws ModelException if the vocabulary contradicts itself or is of a kind not known here
  static ModelTokenizer of(GgufVocabulary vocabulary) throws ModelException {
    return switch (vocabulary.model()) {
      case "gpt2" -> JsonTokenizer.of(vocabulary);
      case "llama" -> SentencePieceTokenizer.of(vocabulary);
      default ->
          throw new ModelException(
              "%s: the tokenizer is of the kind `%s`, which is not supported; use a model with a `gpt2` or `llama` one."
                  .formatted(vocabulary.file(), vocabulary.model()));
    };
  }

  /// The tokenizer in a `tokenizer.json` file as Hugging Face tokenizers write it.
  ///
  /// @throws ModelException if the file cannot be read, is too large or is not a tokenizer
  static ModelTokenizer load(Path tokenizerJson) throws ModelException {
    return JsonTokenizer.load(tokenizerJson);
  }
}
