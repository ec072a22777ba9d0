package dev.promptls.prompt.check;

import dev.promptls.prompt.shots.Example;
import dev.promptls.prompt.shots.Shape;
import dev.promptls.prompt.syntax.MessageNode;
import dev.promptls.prompt.text.Span;
import java.util.ArrayList;
import java.util.List;

/// What a prompt says beside its examples, as far as it is looked at.
final class Instructions {
  /// In UTF-16 units: enough for what people write, little enough to be read on each keystroke.
  private static final int MAX_LENGTH = 16_000;

  private static final int MAX_MESSAGES = 50;

  private Instructions() {}

  /// The stretches of text before and behind the examples, in source order.
  static List<Span> of(Subject subject) {
    Span examples = examples(subject);
    List<Span> spans = new ArrayList<>();
    int left = MAX_LENGTH;
    List<MessageNode> messages = subject.messages();
    for (int i = 0; i < messages.size() && left > 0; i++) {
      // Between the first and the last ones, messages are examples or transcripts.
      if (i >= MAX_MESSAGES && i < messages.size() - MAX_MESSAGES) {
        continue;
      }
      Span content = messages.get(i).content();
      left =
          add(
              spans,
              new Span(
                  content.start(), Math.clamp(examples.start(), content.start(), content.end())),
              left);
      left =
          add(
              spans,
              new Span(Math.clamp(examples.end(), content.start(), content.end()), content.end()),
              left);
    }
    return spans;
  }

  private static int add(List<Span> spans, Span span, int left) {
    if (span.isEmpty() || left <= 0) {
      return left;
    }
    Span part = new Span(span.start(), Math.min(span.end(), span.start() + left));
    if (!spans.contains(part)) {
      spans.add(part);
    }
    return left - part.length();
  }

  /// From the first to the last example of the body; behind the end if there are none.
  private static Span examples(Subject subject) {
    List<Example> examples = subject.examples();
    boolean inBody = !examples.isEmpty() && examples.getFirst().shape() != Shape.LOOP;
    return inBody
        ? examples.getFirst().range().union(examples.getLast().range())
        : Span.at(subject.text().length());
  }
}
