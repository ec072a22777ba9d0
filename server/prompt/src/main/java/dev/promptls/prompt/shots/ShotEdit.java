package dev.promptls.prompt.shots;

import dev.promptls.prompt.text.TextEdit;
import java.util.List;

/// What came of the wish to change a prompt's examples.
public sealed interface ShotEdit {
  /// It can be done.
  ///
  /// @param edits of the file's text, in no order; empty if nothing need change
  record Change(List<TextEdit> edits) implements ShotEdit {
    public Change {
      edits = List.copyOf(edits);
    }
  }

  /// It cannot.
  ///
  /// @param sentence why, and what to do
  record Refused(String sentence) implements ShotEdit {}
}
