package dev.promptls.lab.files;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The folders that may be read, links resolved. Nothing outside them is.
public record Roots(List<Path> folders) {
  public Roots {
    folders = List.copyOf(folders);
  }

  /// The roots at some folders; those that are not there are left out.
  public static Roots of(List<Path> folders) {
    List<Path> real = new ArrayList<>();
    for (Path folder : folders) {
      Path resolved = real(folder);
      if (resolved != null && !real.contains(resolved)) {
        real.add(resolved);
      }
    }
    return new Roots(real);
  }

  /// Where a path leads, links resolved; null if that is outside all roots or nowhere.
  public @Nullable Path resolve(Path path) {
    Path real = real(path);
    return real != null && contains(real) ? real : null;
  }

  /// Whether a path without links lies in a root.
  public boolean contains(Path real) {
    return folders.stream().anyMatch(real::startsWith);
  }

  /// The innermost root that holds a path without links.
  public @Nullable Path around(Path real) {
    Path found = null;
    for (Path folder : folders) {
      if (real.startsWith(folder) && (found == null || folder.startsWith(found))) {
        found = folder;
      }
    }
    return found;
  }

  static @Nullable Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException | SecurityException notThere) {
      // A link to nowhere, a loop of links, a folder that may not be entered: nothing to read.
      return null;
    }
  }
}
