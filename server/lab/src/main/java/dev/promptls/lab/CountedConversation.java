package dev.promptls.lab;

import dev.promptls.lab.ChatFormat.Countable;
import dev.promptls.lab.ChatFormat.Layout;
import dev.promptls.model.ChatMessage;
import dev.promptls.model.CountedText;
import dev.promptls.model.ModelException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A conversation with the number of tokens that a model is given for it. Immutable; of another one
/// only what is not the same is counted.
public final class CountedConversation {
  /// Tells nothing.
  private static final Layout NONE = (text, before, now) -> null;

  private final ModelTokens model;
  private final List<ChatMessage> messages;
  private final List<CountedText> texts;
  private final int tokens;

  /// Made when a conversation much like this one is first counted. Racing threads make equal ones.
  private volatile @Nullable Layout layout;

  private CountedConversation(
      ModelTokens model, List<ChatMessage> messages, List<CountedText> texts, int more) {
    this.model = model;
    this.messages = messages;
    this.texts = texts;
    this.tokens = more + texts.stream().mapToInt(CountedText::count).sum();
  }

  /// @throws ModelException if the model's chat template refuses the messages
  public static CountedConversation of(ModelTokens model, List<ChatMessage> messages)
      throws ModelException {
    return new CountedConversation(model, List.of(), List.of(), 0).with(messages);
  }

  /// Another conversation, best one that has much in common with this one.
  ///
  /// @throws ModelException if the model's chat template refuses the messages
  public CountedConversation with(List<ChatMessage> other) throws ModelException {
    Layout known = other.size() == messages.size() && texts.size() == 1 ? layout() : NONE;
    String told = texts.size() == 1 ? known.after(texts.getFirst().text(), messages, other) : null;
    Countable countable =
        told == null ? model.chat().countable(other) : new Countable(List.of(told), 0);
    List<CountedText> counted = new ArrayList<>(countable.texts().size());
    for (String text : countable.texts()) {
      int i = counted.size();
      counted.add(
          i < texts.size() ? texts.get(i).with(text) : CountedText.of(model.tokenizer(), text));
    }
    int more = countable.more() + model.startTokens(countable);
    CountedConversation next = new CountedConversation(model, other, counted, more);
    next.layout = told == null ? null : known;
    return next;
  }

  private Layout layout() {
    Layout known = layout;
    if (known == null) {
      known = model.chat().layout(messages, texts.getFirst().text());
      known = known == null ? NONE : known;
      layout = known;
    }
    return known;
  }

  /// The number of tokens that the model is given.
  public int tokens() {
    return tokens;
  }
}
