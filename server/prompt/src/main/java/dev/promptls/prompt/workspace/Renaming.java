package dev.promptls.prompt.workspace;

import dev.promptls.prompt.text.TextEdit;
import java.util.List;
import java.util.Map;

/// What a renaming asks for: edits, or a sentence that says why not.
public sealed interface Renaming {
  /// It cannot be done.
  ///
  /// @param sentence what is in the way, and what to do
  record Refused(String sentence) implements Renaming {}

  /// It can be done.
  ///
  /// @param edits by file, each file's in source order
  /// @param moves of files; to be made after the edits
  record Edits(Map<String, List<TextEdit>> edits, List<Move> moves) implements Renaming {}

  /// A file's old path and its new one.
  record Move(String from, String to) {}
}
