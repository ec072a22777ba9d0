package dev.promptls.model.decode;

import dev.promptls.model.Input;
import dev.promptls.model.ModelException;
import dev.promptls.model.ModelInfo;
import dev.promptls.model.TokenIds;
import dev.promptls.model.Tokenizer;
import dev.promptls.model.chat.ChatTemplate;
import java.util.OptionalInt;

/// What is asked for, as tokens of the model.
///
/// @param startId the token that prompts begin with, if the model asks for one
public record PromptEncoder(
    ModelInfo info, Tokenizer tokenizer, ChatTemplate chat, OptionalInt startId) {
  /// @param text what was encoded, after the chat template; empty if tokens were given
  public record Encoded(String text, TokenIds ids) {}

  /// @throws ModelException if the chat template refuses the conversation
  public Encoded encode(Input input) throws ModelException {
    return switch (input) {
      case Input.Ids(TokenIds ids) -> new Encoded("", started(checked(ids)));
      case Input.Text(String text) -> encode(text);
      case Input.Chat(var messages) -> encode(chat.render(messages, true));
    };
  }

  private Encoded encode(String text) {
    return new Encoded(text, started(tokenizer.encode(text)));
  }

  private TokenIds checked(TokenIds ids) throws ModelException {
    for (int i = 0; i < ids.size(); i++) {
      if (ids.get(i) < 0 || ids.get(i) >= info.vocabularySize()) {
        throw new ModelException(
            "There is no token %d in the vocabulary of %s; ids go from 0 to %d."
                .formatted(ids.get(i), info.name(), info.vocabularySize() - 1));
      }
    }
    return ids;
  }

  private TokenIds started(TokenIds ids) {
    if (startId.isEmpty() || (!ids.isEmpty() && ids.get(0) == startId.getAsInt())) {
      return ids;
    }
    return TokenIds.of(startId.getAsInt()).plus(ids);
  }
}
