package dev.promptls.lab;

import dev.promptls.lab.ChatFormat.Countable;
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
    Countable countable = chat.countable(messages);
    int sum = countable.more() + startTokens(countable);
    for (String text : countable.texts()) {
      sum += tokenizer.count(text);
    }
    return sum;
  }

  /// The start token, where the model asks for one and the template does not write it.
  int startTokens(Countable countable) {
    boolean missesStart =
        info.addsStart()
            && info.startToken() != null
            && countable.texts().stream().noneMatch(text -> text.startsWith(info.startToken()));
    return missesStart ? 1 : 0;
  }
}
