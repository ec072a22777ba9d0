package dev.promptls.prompt.check;

import dev.promptls.prompt.text.TextEdit;
import java.util.List;

/// A way to mend what a rule found.
///
/// @param title what it does, as an order: `Rename to temperature`
/// @param edits of the text it was found in; they do not overlap
/// @param keepsRendering whether what is sent stays the same, whatever the inputs
public record Fix(String title, List<TextEdit> edits, boolean keepsRendering) {
  public Fix {
    edits = List.copyOf(edits);
  }

  Fix shift(int by) {
    return new Fix(
        title,
        edits.stream().map(e -> new TextEdit(e.span().shift(by), e.replacement())).toList(),
        keepsRendering);
  }
}
