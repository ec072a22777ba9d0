package dev.promptls.model.tokens;

import dev.promptls.model.Tokenizer;
import dev.promptls.model.tokens.KnownModels.KnownModel;
import java.util.Optional;

/// How the tokens of a hosted model are counted.
///
/// @param tokenizer not [Tokenizer#exact] where the model's own is not public: show such counts
///   with ≈
/// @param contextWindow in tokens; 0 if unknown
public record TokenizerChoice(Tokenizer tokenizer, int contextWindow) {

  /// The choice for the name in a prompt's `model:` key; an estimate for a name nobody knows.
  public static TokenizerChoice of(String model) {
    Optional<KnownModel> known = KnownModels.find(model);
    OpenAiTokenizer tokenizer =
        known
            .flatMap(KnownModel::encoding)
            .flatMap(OpenAiTokenizer::named)
            .orElseGet(OpenAiTokenizer::estimate);
    return new TokenizerChoice(tokenizer, known.map(KnownModel::contextWindow).orElse(0));
  }
}
