package dev.promptls.prompt.syntax;

import dev.promptls.prompt.text.LineIndex;
import dev.promptls.prompt.text.TextEdit;

/// Reads the files of one format. To add a format: write one, and name it in [PromptReader].
interface FormatReader {
  Format format();

  /// Whether a text is surely of this format.
  ///
  /// @param head of the text: the first line and some more
  boolean claimsContent(String name, String head);

  /// Whether a file of this lower-case name is of this format, if no content says otherwise.
  boolean claimsName(String name);

  /// The tree. Never fails: what cannot be read becomes a problem.
  PromptFile read(String name, LineIndex lines);

  /// The tree after an edit: equal to what [#read] gives for the text after it, made from the tree
  /// before where that is cheaper.
  ///
  /// @param before a tree that this reader read
  default PromptFile reread(PromptFile before, TextEdit edit, LineIndex after) {
    return read(before.name(), after);
  }
}
