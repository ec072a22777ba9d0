package dev.promptls.prompt.shots;

import dev.promptls.prompt.render.RenderOptions;
import dev.promptls.prompt.render.RenderResult;
import dev.promptls.prompt.syntax.MessageNode;
import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.syntax.Tag;
import dev.promptls.prompt.text.InOrder;
import dev.promptls.prompt.text.ShiftedList;
import dev.promptls.prompt.text.Span;
import dev.promptls.prompt.text.TextEdit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// User and model messages in turns, before the last user message.
///
/// @param messages of the file
/// @param first the index of the message that the first example begins with
record MessagesLayout(
    PromptFile file,
    ShiftedList<MessageNode> messages,
    int first,
    MessageNode query,
    ShiftedList<Example> examples)
    implements Layout {

  /// The messages that the examples are, two each.
  List<MessageNode> turns() {
    return messages.subList(first, messages.size() - 1);
  }

  static @Nullable MessagesLayout find(PromptFile file) {
    return follow(null, new TextEdit(Span.at(0), ""), file);
  }

  /// As [#find], after an edit: examples that it left alone are taken over.
  static @Nullable MessagesLayout follow(
      @Nullable MessagesLayout before, TextEdit edit, PromptFile file) {
    ShiftedList<MessageNode> messages = ShiftedList.of(file.messages());
    int query = messages.size() - 1;
    if (query < 2 || !messages.raw(query).role().equals("user")) {
      return null;
    }
    int first = query;
    while (first >= 2 && isTurn(messages.raw(first - 2), messages.raw(first - 1))) {
      first -= 2;
    }
    if (first == query
        || cutsBlocks(file, messages.get(first).span().union(messages.get(query - 1).span()))) {
      return null;
    }
    return new MessagesLayout(
        file,
        messages,
        first,
        messages.get(query),
        examples(before, edit, file.text(), messages, first));
  }

  private static ShiftedList<Example> examples(
      @Nullable MessagesLayout before,
      TextEdit edit,
      String text,
      ShiftedList<MessageNode> messages,
      int first) {
    int count = (messages.size() - 1 - first) / 2;
    int front = 0;
    int end = 0;
    int old = before == null ? 0 : before.examples().size();
    if (before != null) {
      int most = Math.min(count, old);
      int shared = before.messages().sameFront(messages);
      front = before.first() == first ? Math.clamp((shared - first) / 2, 0, most) : 0;
      int left = Math.min(messages.size(), before.messages().size()) - shared;
      int sharedEnd = before.messages().sameEnd(messages, edit.growth(), left);
      end = Math.clamp((sharedEnd - 1) / 2, 0, most - front);
    }
    List<Example> read = new ArrayList<>();
    for (int i = front; i < count - end; i++) {
      int at = first + 2 * i;
      read.add(example(text, i, messages.get(at), messages.get(at + 1)));
    }
    return before == null
        ? ShiftedList.of(read)
        : before.examples().splice(front, old - end, read, edit.growth());
  }

  private MessageNode turn(int index) {
    return messages.get(first + index);
  }

  private static boolean isTurn(MessageNode user, MessageNode model) {
    boolean answered = model.role().equals("model") || model.role().equals("assistant");
    return user.role().equals("user") && answered && !model.implied();
  }

  /// Whether a block begins inside a span and ends outside, or the other way round.
  private static boolean cutsBlocks(PromptFile file, Span span) {
    ShiftedList<Tag> tags = ShiftedList.of(file.tags());
    for (int i = 0; i < tags.size(); i++) {
      Integer match = tags.raw(i).match();
      if (match != null
          && span.contains(tags.get(i).span()) != span.contains(tags.get(match).span())) {
        return true;
      }
    }
    return false;
  }

  private static Example example(String text, int index, MessageNode user, MessageNode model) {
    String question = Said.by(user, text).words();
    Said answer = Said.by(model, text);
    Reasoning.Parts parts = Reasoning.split(answer.text(), answer.span());
    Span reasoning = parts.reasoning();
    boolean itself = model.coding() == null;
    String words = answer.words();
    return new Example(
        index,
        Shape.MESSAGES,
        Map.of("user", question),
        reasoning == null && parts.answer().equals(answer.span())
            ? words
            : parts.answer().of(answer.text()),
        reasoning == null ? null : reasoning.of(answer.text()),
        new Span(user.span().start(), itself ? answer.span().end() : model.span().end()),
        itself ? parts.answer() : model.source(parts.answer()),
        question + "\n" + words);
  }

  /// What a message says, without white space at its borders.
  ///
  /// @param text of the file where the message is written as it is said, else what it says
  private record Said(String text, Span span) {
    static Said by(MessageNode message, String text) {
      String decoded = message.decoded();
      return decoded == null
          ? new Said(text, message.content().strip(text))
          : new Said(decoded, new Span(0, decoded.length()).strip(decoded));
    }

    String words() {
      return span.of(text);
    }
  }

  @Override
  public Shape shape() {
    return Shape.MESSAGES;
  }

  @Override
  public List<ExamplePart> parts(Span region) {
    List<ExamplePart> parts = new ArrayList<>();
    for (Example example : InOrder.overlapping(examples, region, Example::range)) {
      ExamplePart.addInput(parts, turn(2 * example.index()), file.text());
      ExamplePart.addAnswer(parts, example, turn(2 * example.index() + 1), file.text());
    }
    return parts;
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
        Span pair = turn(2 * i).span().union(turn(2 * i + 1).span());
        edits.add(new TextEdit(pair, ""));
      }
    }
    if (asked != null) {
      String question = turn(2 * asked.index()).content().of(file.text());
      edits.add(new TextEdit(query.content(), question));
    }
    return EditedPrompt.render(file, edits, options);
  }
}
