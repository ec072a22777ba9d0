package dev.promptls.prompt.check;

import dev.promptls.prompt.shots.Example;
import dev.promptls.prompt.shots.Shape;
import dev.promptls.prompt.text.Span;
import java.util.ArrayList;
import java.util.List;

/// What is worked out once for each example and kept as long as the example stays as it is.
///
/// @param frame what stands around the values, numbers in it left out: `Review: …\nSentiment: `;
///   empty if the example is not written with labels
record ExampleFacts(String frame) {
  private static final char GAP = '\u0000';
  private static final ExampleFacts NONE = new ExampleFacts("");

  static ExampleFacts of(Example example, String text) {
    // What is written with escapes is compared by nobody: the same looks different there.
    if (example.shape() != Shape.BLOCKS || !example.text().equals(example.range().of(text))) {
      return NONE;
    }
    StringBuilder frame = new StringBuilder();
    for (Span piece : pieces(example, text)) {
      for (int i = piece.start(); i < piece.end(); i++) {
        char c = text.charAt(i);
        boolean mark = c == '\r' || (c >= '0' && c <= '9');
        if (!mark) {
          frame.append(c);
        }
      }
      frame.append(GAP);
    }
    return new ExampleFacts(frame.toString());
  }

  /// What stands before each value, in order; the last before the answer.
  static List<Span> pieces(Example example, String text) {
    List<Span> pieces = new ArrayList<>();
    int at = example.range().start();
    int end = Math.max(at, example.outputRange().start());
    for (String value : example.inputs().values()) {
      int found = value.isEmpty() ? -1 : text.indexOf(value, at, end);
      if (found >= 0) {
        pieces.add(new Span(at, found));
        at = found + value.length();
      }
    }
    String reasoning = example.reasoning();
    int found = reasoning == null || reasoning.isEmpty() ? -1 : text.indexOf(reasoning, at, end);
    if (reasoning != null && found >= 0) {
      pieces.add(new Span(at, found));
      at = found + reasoning.length();
    }
    pieces.add(new Span(at, end));
    return pieces;
  }
}
