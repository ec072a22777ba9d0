package dev.promptls.lab.files;

import dev.promptls.prompt.shots.DataExamples;
import dev.promptls.prompt.workspace.FileNames;
import dev.promptls.prompt.workspace.SourceTexts;
import org.jspecify.annotations.Nullable;

/// The data files that a prompt names, by their paths from its folder.
///
/// @param prompt its path
/// @param texts of files that may be read
public record RowTexts(String prompt, SourceTexts texts) implements DataExamples.Source {
  @Override
  public @Nullable String text(String path) {
    String target = FileNames.resolve(FileNames.folder(prompt), path);
    return target == null ? null : texts.text(target);
  }
}
