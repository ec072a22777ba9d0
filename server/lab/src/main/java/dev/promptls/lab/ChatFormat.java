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
}
