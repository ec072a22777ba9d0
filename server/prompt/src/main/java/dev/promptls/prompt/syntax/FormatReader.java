package dev.promptls.prompt.syntax;

import dev.promptls.prompt.text.LineIndex;

/// Reads the files of one format. To add a format: write one, and name it in [PromptReader].
interface FormatReader {
  Format format();

  /// Whether a text is surely of this format.
  boolean claimsContent(String name, String text);

  /// Whether a file of this lower-case name is of this format, if no content says otherwise.
  boolean claimsName(String name);

  /// The tree. Never fails: what cannot be read becomes a problem.
  PromptFile read(String name, LineIndex lines);
}
