package dev.promptls.prompt.shots;

import dev.promptls.prompt.render.RenderOptions;
import dev.promptls.prompt.render.RenderResult;
import dev.promptls.prompt.syntax.MessageNode;
import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.syntax.Tag;
import dev.promptls.prompt.text.Span;
import dev.promptls.prompt.text.TextEdit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// User and model messages in turns, before the last user message.
record MessagesLayout(
    PromptFile file, List<MessageNode> turns, MessageNode query, List<Example> examples)
    implements Layout {

  static @Nullable MessagesLayout find(PromptFile file) {
    List<MessageNode> messages = file.messages();
    int query = messages.size() - 1;
    if (query < 2 || !messages.get(query).role().equals("user")) {
      return null;
    }
    int first = query;
    while (first >= 2 && isTurn(messages.get(first - 2), messages.get(first - 1))) {
      first -= 2;
    }
    List<MessageNode> turns = messages.subList(first, query);
    if (turns.isEmpty()
        || cutsBlocks(file, turns.getFirst().span().union(turns.getLast().span()))) {
      return null;
    }
    List<Example> examples = new ArrayList<>();
    for (int i = 0; i < turns.size(); i += 2) {
      examples.add(example(file.text(), i / 2, turns.get(i), turns.get(i + 1)));
    }
    return new MessagesLayout(file, List.copyOf(turns), messages.get(query), List.copyOf(examples));
  }

  private static boolean isTurn(MessageNode user, MessageNode model) {
    boolean answered = model.role().equals("model") || model.role().equals("assistant");
    return user.role().equals("user") && answered && !model.implied();
  }

  /// Whether a block begins inside a span and ends outside, or the other way round.
  private static boolean cutsBlocks(PromptFile file, Span span) {
    for (Tag tag : file.tags()) {
      Integer match = tag.match();
      if (match != null
          && span.contains(tag.span()) != span.contains(file.tags().get(match).span())) {
        return true;
      }
    }
    return false;
  }

  private static Example example(String text, int index, MessageNode user, MessageNode model) {
    Reasoning.Parts parts = Reasoning.split(text, model.content());
    Span question = user.content().strip(text);
    Span answer = model.content().strip(text);
    Span reasoning = parts.reasoning();
    return new Example(
        index,
        Shape.MESSAGES,
        Map.of("user", question.of(text)),
        parts.answer().of(text),
        reasoning == null ? null : reasoning.of(text),
        new Span(user.span().start(), answer.end()),
        parts.answer(),
        question.of(text) + "\n" + answer.of(text));
  }

  @Override
  public Shape shape() {
    return Shape.MESSAGES;
  }

  @Override
  public String separator() {
    return "";
  }

  @Override
  public List<String> stop() {
    return List.of();
  }

  @Override
  public RenderResult render(List<Integer> shown, @Nullable Example asked, RenderOptions options) {
    Set<Integer> kept = new HashSet<>(shown);
    List<TextEdit> edits = new ArrayList<>();
    for (int i = 0; i < examples.size(); i++) {
      if (!kept.contains(i)) {
        Span pair = turns.get(2 * i).span().union(turns.get(2 * i + 1).span());
        edits.add(new TextEdit(pair, ""));
      }
    }
    if (asked != null) {
      String question = turns.get(2 * asked.index()).content().of(file.text());
      edits.add(new TextEdit(query.content(), question));
    }
    return EditedPrompt.render(file, edits, options);
  }
}
