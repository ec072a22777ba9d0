package dev.promptls.app;

import dev.promptls.lab.files.DiskTexts;
import dev.promptls.lab.files.Roots;
import dev.promptls.lab.files.RowTexts;
import dev.promptls.lab.files.TextFile;
import dev.promptls.model.ModelException;
import dev.promptls.prompt.render.PartialResolver;
import dev.promptls.prompt.shots.DataExamples;
import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.syntax.PromptReader;
import dev.promptls.prompt.workspace.Partials;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Prompt files that a command is given.
final class PromptSource {
  private PromptSource() {}

  /// A prompt file.
  ///
  /// @throws ModelException if it cannot be read as text; not for what is in it
  static PromptFile prompt(Path path) throws ModelException {
    return PromptReader.read(path.toString(), text(path));
  }

  /// The text of a file, without a byte order mark.
  static String text(Path path) throws ModelException {
    return TextFile.read(path);
  }

  /// The partials that a prompt file can call.
  static PartialResolver partials(Path prompt) {
    Roots roots = roots(List.of(prompt));
    Path real = folder(prompt, roots);
    if (real == null) {
      return PartialResolver.NONE;
    }
    Path root = roots.around(real);
    return new Partials(
        DiskTexts.written(real), root == null ? "" : DiskTexts.written(root), new DiskTexts(roots));
  }

  /// The data files that a prompt file can name.
  static DataExamples.Source rows(Path prompt) {
    Roots roots = roots(List.of(prompt));
    Path real = folder(prompt, roots);
    return real == null
        ? path -> null
        : new RowTexts(DiskTexts.written(real.resolve(prompt.getFileName())), new DiskTexts(roots));
  }

  /// The folder of a file, links resolved; null if it may not be read.
  private static @Nullable Path folder(Path prompt, Roots roots) {
    Path folder = prompt.toAbsolutePath().normalize().getParent();
    return folder == null ? null : roots.resolve(folder);
  }

  /// What may be read for some files and folders: the working folder where they lie in it, else the
  /// folder, or that of the file.
  static Roots roots(List<Path> paths) {
    Path here = Path.of("").toAbsolutePath();
    Roots working = Roots.of(List.of(here));
    List<Path> folders = new ArrayList<>();
    for (Path path : paths) {
      Path absolute = path.toAbsolutePath().normalize();
      Path parent = absolute.getParent();
      boolean folder = absolute.toFile().isDirectory();
      if (working.resolve(absolute) != null) {
        folders.add(here);
      } else {
        folders.add(folder || parent == null ? absolute : parent);
      }
    }
    return Roots.of(folders);
  }
}
