package dev.promptls.lab;

import dev.promptls.model.ChatMessage;
import dev.promptls.model.ModelException;
import java.util.List;
import org.jspecify.annotations.Nullable;

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

  /// How to tell the text of a conversation that is much like another; null if it has to be
  /// written.
  ///
  /// @param text of the conversation, as [#apply] gives it
  default @Nullable Layout layout(List<ChatMessage> messages, String text) {
    return null;
  }

  /// Where in the text of a conversation stands what its messages say. Holds for all conversations
  /// of the same roles.
  @FunctionalInterface
  interface Layout {
    /// The text of a conversation; null if it has to be written.
    ///
    /// @param text of the conversation `before`
    @Nullable String after(String text, List<ChatMessage> before, List<ChatMessage> now);
  }

  /// What the tokens of a conversation are the sum of.
  ///
  /// @param texts that are counted each by itself
  /// @param more tokens that stand in none of them
  record Countable(List<String> texts, int more) {}
}
