package dev.promptls.prompt.workspace;

import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.syntax.PromptReader;
import org.jspecify.annotations.Nullable;

/// The texts of files as they are now: in the editor where they are open, else on the disk.
@FunctionalInterface
public interface SourceTexts {
  SourceTexts NONE = path -> null;

  /// The text of a file; null if there is none that may be read.
  ///
  /// @param path absolute, with `/`
  @Nullable String text(String path);

  /// The tree of a prompt file; null if there is none.
  default @Nullable PromptFile file(String path) {
    String text = text(path);
    return text == null ? null : PromptReader.read(path, text);
  }
}
