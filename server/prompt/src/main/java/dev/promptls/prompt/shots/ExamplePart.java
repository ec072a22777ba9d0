package dev.promptls.prompt.shots;

import dev.promptls.prompt.syntax.MessageNode;
import dev.promptls.prompt.text.Span;
import java.util.List;

/// A stretch of an example, or of the question behind the examples, and what it is for.
public record ExamplePart(Kind kind, Span span) {
  /// What a stretch is for.
  public enum Kind {
    /// What a field begins with: `Review:`, `->`.
    LABEL,
    /// What is asked.
    INPUT,
    /// What leads to the answer.
    REASONING,
    ANSWER
  }

  /// What is asked in a message, without the white space at its borders.
  static void addInput(List<ExamplePart> parts, MessageNode user, String text) {
    String said = user.said(text);
    parts.add(new ExamplePart(Kind.INPUT, user.source(new Span(0, said.length()).strip(said))));
  }

  /// The answer of an example, and the reasoning before it in the same message.
  static void addAnswer(List<ExamplePart> parts, Example example, MessageNode model, String text) {
    if (example.hasReasoning()) {
      String said = model.said(text);
      Span reasoning = Reasoning.split(said, new Span(0, said.length())).reasoning();
      if (reasoning != null) {
        parts.add(new ExamplePart(Kind.REASONING, model.source(reasoning)));
      }
    }
    parts.add(new ExamplePart(Kind.ANSWER, example.outputRange()));
  }
}
