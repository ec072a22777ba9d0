package dev.promptls.lab;

import dev.promptls.lab.ChatFormat.Countable;
import dev.promptls.model.ChatMessage;
import dev.promptls.model.CountedText;
import dev.promptls.model.ModelException;
import java.util.ArrayList;
import java.util.List;

/// A conversation with the number of tokens that a model is given for it. Immutable; of another one
/// only what is not the same is counted.
public final class CountedConversation {
  private final ModelTokens model;
  private final List<CountedText> texts;
  private final int tokens;

  private CountedConversation(ModelTokens model, List<CountedText> texts, int tokens) {
    this.model = model;
    this.texts = texts;
    this.tokens = tokens;
  }

  /// @throws ModelException if the model's chat template refuses the messages
  public static CountedConversation of(ModelTokens model, List<ChatMessage> messages)
      throws ModelException {
    return new CountedConversation(model, List.of(), 0).with(messages);
  }

  /// Another conversation, best one that has much in common with this one.
  ///
  /// @throws ModelException if the model's chat template refuses the messages
  public CountedConversation with(List<ChatMessage> messages) throws ModelException {
    Countable countable = model.chat().countable(messages);
    List<CountedText> counted = new ArrayList<>(countable.texts().size());
    int sum = countable.more() + model.startTokens(countable);
    for (String text : countable.texts()) {
      int i = counted.size();
      CountedText next =
          i < texts.size() ? texts.get(i).with(text) : CountedText.of(model.tokenizer(), text);
      counted.add(next);
      sum += next.count();
    }
    return new CountedConversation(model, counted, sum);
  }

  /// The number of tokens that the model is given.
  public int tokens() {
    return tokens;
  }
}
