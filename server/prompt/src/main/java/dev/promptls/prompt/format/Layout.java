package dev.promptls.prompt.format;

import dev.promptls.prompt.syntax.PromptFile;

/// The layout of one part of a file: front matter, tags and the like. To format more: write one,
/// and name it in [Formatter].
interface Layout {
  /// Tells what would be changed. Only white space may be, and only where it means nothing.
  void lay(PromptFile file, Gaps gaps);

  /// Whether the part means the same in both files: the guard against mistakes of [#lay].
  boolean keeps(PromptFile before, PromptFile after);
}
