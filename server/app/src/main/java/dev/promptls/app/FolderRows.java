package dev.promptls.app;

import dev.promptls.lab.files.Roots;
import dev.promptls.lab.files.TextFile;
import dev.promptls.model.ModelException;
import dev.promptls.prompt.shots.DataExamples;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The data files in a prompt's folder or below, never outside.
record FolderRows(Path folder) implements DataExamples.Source {
  private static final long MOST_BYTES = 32L << 20;

  static FolderRows beside(Path prompt) {
    Path absolute = prompt.toAbsolutePath().normalize();
    Path parent = absolute.getParent();
    return new FolderRows(parent == null ? absolute : parent);
  }

  @Override
  public @Nullable String text(String path) {
    try {
      Path file = Roots.of(List.of(folder)).resolve(folder.resolve(path));
      return file == null ? null : TextFile.read(file, MOST_BYTES);
    } catch (InvalidPathException | ModelException e) {
      // There is no such file, as far as the prompt is concerned; who asks says so.
      return null;
    }
  }
}
