package dev.promptls.model.onnx;

import dev.promptls.model.tokens.ModelTokenizer;
import java.util.OptionalInt;
import java.util.Set;

/// The tokens of a model.
///
/// @param startId of the token that prompts begin with; empty if they do not begin with one
/// @param endIds of the tokens that end an answer
public record FolderVocabulary(ModelTokenizer tokenizer, OptionalInt startId, Set<Integer> endIds) {
  public FolderVocabulary {
    endIds = Set.copyOf(endIds);
  }
}
