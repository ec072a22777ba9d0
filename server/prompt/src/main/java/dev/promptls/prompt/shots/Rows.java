package dev.promptls.prompt.shots;

import dev.promptls.prompt.render.RenderResult;
import dev.promptls.prompt.render.Renderer;
import dev.promptls.prompt.syntax.MessageNode;
import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.text.Span;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The conversations of a file that holds many, as examples: what the assistant says last is the
/// answer to all before it. A conversation that ends otherwise is none.
///
/// @param turns the messages of each example, the answer last
record Rows(PromptFile file, List<List<MessageNode>> turns, List<Example> examples) {
  /// Null for a file that is one conversation.
  static @Nullable Rows find(PromptFile file) {
    List<MessageNode> messages = file.messages();
    if (messages.isEmpty() || messages.getLast().row() == 0) {
      return null;
    }
    List<List<MessageNode>> turns = new ArrayList<>();
    List<Example> examples = new ArrayList<>();
    int start = 0;
    for (int i = 1; i <= messages.size(); i++) {
      boolean ends = i == messages.size() || messages.get(i).row() != messages.get(start).row();
      if (ends && i - start > 1 && messages.get(i - 1).role().equals("assistant")) {
        List<MessageNode> row = List.copyOf(messages.subList(start, i));
        examples.add(example(file.text(), turns.size(), row));
        turns.add(row);
      }
      start = ends ? i : start;
    }
    return new Rows(file, List.copyOf(turns), List.copyOf(examples));
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
    for (Example example : examples) {
      if (region.overlaps(example.range())) {
        List<MessageNode> turn = turns.get(example.index());
        turn.subList(0, turn.size() - 1)
            .forEach(message -> ExamplePart.addInput(parts, message, file.text()));
        ExamplePart.addAnswer(parts, example, turn.getLast(), file.text());
      }
    }
    return parts;
  }

  /// Some of the conversations as one, after what the system says in the one that is asked.
  ///
  /// @param asked comes last and without its answer; null for none
  RenderResult render(List<Integer> shown, @Nullable Example asked) {
    List<MessageNode> sent = new ArrayList<>();
    List<MessageNode> question =
        asked == null
            ? List.of()
            : turns.get(asked.index()).subList(0, turns.get(asked.index()).size() - 1);
    Predicate<MessageNode> system = message -> message.role().equals("system");
    question.stream().filter(system).forEach(sent::add);
    for (int index : shown) {
      turns.get(index).stream().filter(system.negate()).forEach(sent::add);
    }
    question.stream().filter(system.negate()).forEach(sent::add);
    return Renderer.literal(file, sent);
  }
}
