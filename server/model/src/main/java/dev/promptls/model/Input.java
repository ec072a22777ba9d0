package dev.promptls.model;

import java.util.List;

/// What a model is given to continue or to score.
public sealed interface Input {
  /// Raw text: special tokens in it are recognised, no chat template is applied.
  record Text(String text) implements Input {}

  /// Tokens as they are; a start token is added only if the model asks for one and it is missing.
  record Ids(TokenIds ids) implements Input {}

  /// A conversation: the model's chat template is applied, with the opening of the reply at its
  /// end.
  record Chat(List<ChatMessage> messages) implements Input {}
}
