package dev.promptls.lab;

import dev.promptls.model.ChatMessage;
import dev.promptls.model.ModelException;
import java.util.List;

/// How a model's conversations are written as one text, with the opening of the reply at the end.
@FunctionalInterface
public interface ChatFormat {
  /// The conversation as the model is given it.
  ///
  /// @throws ModelException if the template refuses these messages; the sentence is the template's
  String apply(List<ChatMessage> messages) throws ModelException;

  /// What to count for a conversation, a start token that the tokenizer does not add left out.
  default Countable countable(List<ChatMessage> messages) throws ModelException {
    return new Countable(List.of(apply(messages)), 0);
  }

  /// What the tokens of a conversation are the sum of.
  ///
  /// @param texts that are counted each by itself
  /// @param more tokens that stand in none of them
  record Countable(List<String> texts, int more) {}
}
