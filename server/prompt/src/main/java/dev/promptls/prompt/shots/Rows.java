package dev.promptls.prompt.shots;

import dev.promptls.prompt.render.RenderResult;
import dev.promptls.prompt.render.Renderer;
import dev.promptls.prompt.syntax.MessageNode;
import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.text.InOrder;
import dev.promptls.prompt.text.ShiftedList;
import dev.promptls.prompt.text.Span;
import dev.promptls.prompt.text.TextEdit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The conversations of a file that holds many, as examples: what the assistant says last is the
/// answer to all before it. A conversation that ends otherwise is none.
///
/// @param messages of the file
/// @param turns of each example
record Rows(
    PromptFile file,
    ShiftedList<MessageNode> messages,
    List<Turn> turns,
    ShiftedList<Example> examples) {
  /// The messages of an example, the answer last, by their indices.
  ///
  /// @param end behind the last
  private record Turn(int start, int end) {}

  /// Null for a file that is one conversation.
  static @Nullable Rows find(PromptFile file) {
    return follow(null, TextEdit.NONE, file);
  }

  /// As [#find], after an edit: examples that it left alone are taken over.
  static @Nullable Rows follow(@Nullable Rows before, TextEdit edit, PromptFile file) {
    ShiftedList<MessageNode> messages = ShiftedList.of(file.messages());
    if (messages.isEmpty() || messages.raw(messages.size() - 1).row() == 0) {
      return null;
    }
    List<Turn> turns = turns(messages);
    int front = 0;
    int end = 0;
    if (before != null) {
      front = sameFront(before, messages, turns);
      end = sameEnd(before, messages, turns, edit.growth(), front);
    }
    List<Example> read = new ArrayList<>();
    for (int i = front; i < turns.size() - end; i++) {
      read.add(example(file.text(), i, messages.subList(turns.get(i).start(), turns.get(i).end())));
    }
    ShiftedList<Example> examples =
        before == null
            ? ShiftedList.of(read)
            : before.examples.splice(front, before.examples.size() - end, read, edit.growth());
    return new Rows(file, messages, turns, examples);
  }

  private static List<Turn> turns(ShiftedList<MessageNode> messages) {
    List<Turn> turns = new ArrayList<>();
    int start = 0;
    for (int i = 1; i <= messages.size(); i++) {
      boolean ends = i == messages.size() || messages.raw(i).row() != messages.raw(start).row();
      if (ends && i - start > 1 && messages.raw(i - 1).role().equals("assistant")) {
        turns.add(new Turn(start, i));
      }
      start = ends ? i : start;
    }
    return List.copyOf(turns);
  }

  /// How many examples at the front have the same messages as before.
  private static int sameFront(Rows before, ShiftedList<MessageNode> messages, List<Turn> turns) {
    int shared = before.messages.sameFront(messages);
    int most = Math.min(before.turns.size(), turns.size());
    int same = 0;
    while (same < most
        && turns.get(same).end() <= shared
        && turns.get(same).equals(before.turns.get(same))) {
      same++;
    }
    return same;
  }

  /// How many examples at the end have the same messages as before.
  private static int sameEnd(
      Rows before, ShiftedList<MessageNode> messages, List<Turn> turns, int growth, int front) {
    int least = Math.min(before.messages.size(), messages.size());
    int shared = before.messages.sameEnd(messages, growth, least);
    int more = messages.size() - before.messages.size();
    int most = Math.min(before.turns.size(), turns.size()) - front;
    int same = 0;
    while (same < most) {
      Turn now = turns.get(turns.size() - 1 - same);
      Turn old = before.turns.get(before.turns.size() - 1 - same);
      boolean kept = now.start() >= messages.size() - shared;
      if (!kept || !now.equals(new Turn(old.start() + more, old.end() + more))) {
        break;
      }
      same++;
    }
    return same;
  }

  /// The messages of an example, the answer last.
  List<MessageNode> turn(int example) {
    return messages.subList(turns.get(example).start(), turns.get(example).end());
  }

  private static Example example(String text, int index, List<MessageNode> row) {
    Map<String, String> inputs = new LinkedHashMap<>();
    for (MessageNode message : row.subList(0, row.size() - 1)) {
      inputs.merge(message.role(), message.said(text).strip(), (a, b) -> a + "\n" + b);
    }
    MessageNode answer = row.getLast();
    String said = answer.said(text);
    Span all = new Span(0, said.length()).strip(said);
    Reasoning.Parts parts = Reasoning.split(said, all);
    Span reasoning = parts.reasoning();
    return new Example(
        index,
        Shape.MESSAGES,
        inputs,
        parts.answer().of(said),
        reasoning == null ? null : reasoning.of(said),
        row.getFirst().span().union(answer.span()),
        answer.source(parts.answer()),
        String.join("\n", inputs.values()) + "\n" + all.of(said));
  }

  List<ExamplePart> parts(Span region) {
    List<ExamplePart> parts = new ArrayList<>();
    for (Example example : InOrder.overlapping(examples, region, Example::range)) {
      List<MessageNode> turn = turn(example.index());
      turn.subList(0, turn.size() - 1)
          .forEach(message -> ExamplePart.addInput(parts, message, file.text()));
      ExamplePart.addAnswer(parts, example, turn.getLast(), file.text());
    }
    return parts;
  }

  /// Some of the conversations as one, after what the system says in the one that is asked.
  ///
  /// @param asked comes last and without its answer; null for none
  RenderResult render(List<Integer> shown, @Nullable Example asked) {
    List<MessageNode> sent = new ArrayList<>();
    List<MessageNode> question =
        asked == null ? List.of() : turn(asked.index()).subList(0, turn(asked.index()).size() - 1);
    Predicate<MessageNode> system = message -> message.role().equals("system");
    question.stream().filter(system).forEach(sent::add);
    for (int index : shown) {
      turn(index).stream().filter(system.negate()).forEach(sent::add);
    }
    question.stream().filter(system.negate()).forEach(sent::add);
    return Renderer.literal(file, sent);
  }
}
