package dev.promptls.lab;

import dev.promptls.model.ChatMessage;
import dev.promptls.model.ModelException;
import dev.promptls.model.ModelInfo;
import dev.promptls.model.TokenIds;
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
    TokenIds ids = tokenizer.encode(chat.apply(messages));
    return ids.size() + (missesStart(ids) ? 1 : 0);
  }

  private boolean missesStart(TokenIds ids) {
    String start = info.startToken();
    if (!info.addsStart() || start == null) {
      return false;
    }
    TokenIds startIds = tokenizer.encode(start);
    return startIds.size() == 1 && (ids.isEmpty() || ids.get(0) != startIds.get(0));
  }
}
