package dev.promptls.lsp.session;

import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.workspace.SourceTexts;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The texts of files, and which of them somebody has asked for, be they there or not.
///
/// @param asked their paths
record WatchedTexts(SourceTexts texts, Set<String> asked) implements SourceTexts {
  WatchedTexts(SourceTexts texts) {
    this(texts, new HashSet<>());
  }

  @Override
  public @Nullable String text(String path) {
    asked.add(path);
    return texts.text(path);
  }

  @Override
  public @Nullable PromptFile file(String path) {
    asked.add(path);
    return texts.file(path);
  }
}
