package dev.promptls.lsp.session;

import dev.promptls.lab.files.DiskTexts;
import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.workspace.SourceTexts;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The texts of files: of those that are open, what is in the editor; of others, what is on the
/// disk.
///
/// @param documents the open ones
record OpenTexts(Map<String, Document> documents, DiskTexts disk) implements SourceTexts {
  @Override
  public @Nullable String text(String path) {
    Document open = open(path);
    return open == null ? disk.text(path) : open.text();
  }

  @Override
  public @Nullable PromptFile file(String path) {
    Document open = open(path);
    return open == null ? disk.file(path) : open.file();
  }

  private @Nullable Document open(String path) {
    for (Document document : documents.values()) {
      if (path.equals(document.path())) {
        return document;
      }
    }
    return null;
  }
}
