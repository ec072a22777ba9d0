package dev.promptls.app;

import dev.promptls.model.ModelException;
import dev.promptls.prompt.render.PartialResolver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// The partials beside a prompt file: `_name.prompt` in its folder or below, never outside.
record FolderPartials(Path folder) implements PartialResolver {
  static FolderPartials beside(Path prompt) {
    Path absolute = prompt.toAbsolutePath().normalize();
    Path parent = absolute.getParent();
    return new FolderPartials(parent == null ? absolute : parent);
  }

  @Override
  public @Nullable String partial(String name) {
    try {
      int slash = name.lastIndexOf('/');
      Path file =
          folder
              .resolve(name.substring(0, slash + 1) + "_" + name.substring(slash + 1) + ".prompt")
              .normalize();
      if (!file.startsWith(folder) || !Files.isRegularFile(file)) {
        return null;
      }
      // A link may lead out of the folder.
      return file.toRealPath().startsWith(folder.toRealPath()) ? PromptSource.text(file) : null;
    } catch (InvalidPathException | IOException | ModelException e) {
      // No such partial, as far as the prompt is concerned; the renderer says so where it is used.
      return null;
    }
  }
}
