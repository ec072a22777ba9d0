package dev.promptls.prompt.text;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Many edits of one text at once.
public final class Edits {
  private Edits() {}

  /// The text after all edits, each span meaning the text before any of them. Insertions at the
  /// same place follow each other in the order of the list.
  ///
  /// @throws IllegalArgumentException if two edits overlap or one is outside the text
  public static String apply(String text, List<TextEdit> edits) {
    List<TextEdit> ordered = new ArrayList<>(edits);
    ordered.sort(Comparator.comparing(TextEdit::span));
    StringBuilder result = new StringBuilder(text.length());
    int done = 0;
    for (TextEdit edit : ordered) {
      Span span = edit.span();
      if (span.start() < done || span.end() > text.length()) {
        throw new IllegalArgumentException("Edits overlap or leave the text at " + span);
      }
      result.append(text, done, span.start()).append(edit.replacement());
      done = span.end();
    }
    return result.append(text, done, text.length()).toString();
  }
}
