package dev.promptls.lab;

import dev.promptls.model.ChatMessage;
import dev.promptls.model.ModelException;
import dev.promptls.model.Tokenizer;
import java.util.List;

/// How a model's conversations are written as one text, with the opening of the reply at the end.
@FunctionalInterface
public interface ChatFormat {
  /// The conversation as the model is given it.
  ///
  /// @throws ModelException if the template refuses these messages; the sentence is the template's
  String apply(List<ChatMessage> messages) throws ModelException;

  /// The number of tokens of a conversation, a start token that the tokenizer does not add left
  /// out.
  default int count(List<ChatMessage> messages, Tokenizer tokenizer) throws ModelException {
    return tokenizer.count(apply(messages));
  }
}
