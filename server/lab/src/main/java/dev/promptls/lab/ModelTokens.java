package dev.promptls.lab;

import dev.promptls.model.ChatMessage;
import dev.promptls.model.ModelException;
import dev.promptls.model.ModelInfo;
import dev.promptls.model.Tokenizer;
import java.util.List;

/// What is needed to count tokens as a model does, without its weights.
public record ModelTokens(ModelInfo info, Tokenizer tokenizer, ChatFormat chat) {
  /// Whether counts are the model's own and not an estimate.
  public boolean exact() {
    return tokenizer.exact();
  }

  /// The tokens of a text alone: no start token, no template.
  public int count(String text) {
    return tokenizer.count(text);
  }

  /// The number of tokens that the model is given for a conversation.
  public int count(List<ChatMessage> messages) throws ModelException {
    boolean missesStart =
        info.addsStart()
            && info.startToken() != null
            && !chat.apply(messages).startsWith(info.startToken());
    return chat.count(messages, tokenizer) + (missesStart ? 1 : 0);
  }
}
