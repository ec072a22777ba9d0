package dev.promptls.lab.files;

import dev.promptls.model.ModelException;
import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.syntax.PromptReader;
import dev.promptls.prompt.workspace.SourceTexts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The texts of files on the disk, inside some roots. What was read is kept until the file changes.
public final class DiskTexts implements SourceTexts {
  /// The largest file that is read for another one, in bytes.
  private static final long MOST_BYTES = 16L << 20;

  private static final int MOST_KEPT = 256;

  private final Roots roots;
  private final Map<Path, Kept> kept =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Path, Kept> eldest) {
          return size() > MOST_KEPT;
        }
      };

  public DiskTexts(Roots roots) {
    this.roots = roots;
  }

  /// A file as it was at some time.
  private record Kept(FileTime time, long size, PromptFile file) {}

  public Roots roots() {
    return roots;
  }

  /// A path as texts are asked for: with slashes between its names on every system.
  public static String written(Path path) {
    return path.toString().replace(path.getFileSystem().getSeparator(), "/");
  }

  @Override
  public @Nullable String text(String path) {
    PromptFile file = file(path);
    return file == null ? null : file.text();
  }

  @Override
  public @Nullable PromptFile file(String path) {
    try {
      Path real = roots.resolve(Path.of(path));
      if (real == null) {
        return null;
      }
      BasicFileAttributes now = Files.readAttributes(real, BasicFileAttributes.class);
      return now.isRegularFile() && now.size() <= MOST_BYTES ? read(path, real, now) : null;
    } catch (InvalidPathException | IOException | ModelException none) {
      // Who asks says that there is no such file, which is what the author has to know.
      return null;
    }
  }

  private PromptFile read(String path, Path real, BasicFileAttributes now) throws ModelException {
    synchronized (kept) {
      Kept before = kept.get(real);
      if (before != null
          && before.time().equals(now.lastModifiedTime())
          && before.size() == now.size()
          && before.file().name().equals(path)) {
        return before.file();
      }
    }
    PromptFile file = PromptReader.read(path, TextFile.read(real, MOST_BYTES));
    synchronized (kept) {
      kept.put(real, new Kept(now.lastModifiedTime(), now.size(), file));
    }
    return file;
  }
}
