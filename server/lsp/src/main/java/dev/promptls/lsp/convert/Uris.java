package dev.promptls.lsp.convert;

import dev.promptls.lab.files.DiskTexts;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Between the client's URIs and the paths of a workspace: absolute, with `/`, links resolved as
/// far as there is something.
public final class Uris {
  private Uris() {}

  /// The path of a `file:` URI; null for others.
  public static @Nullable String path(String uri) {
    Path path = file(uri);
    return path == null ? null : DiskTexts.written(path);
  }

  /// The same as a path of the system.
  public static @Nullable Path file(String uri) {
    if (!uri.startsWith("file:")) {
      return null;
    }
    try {
      return real(Path.of(URI.create(uri.replaceFirst("[?#].*$", ""))).normalize());
    } catch (IllegalArgumentException | FileSystemNotFoundException notAPath) {
      return null;
    }
  }

  /// The URI of a path.
  public static String uri(String path) {
    return Path.of(path).toUri().toString().replaceFirst("/$", "");
  }

  /// The path without links; what is not there, below what is.
  private static Path real(Path path) {
    Path parent = path.getParent();
    try {
      return path.toRealPath();
    } catch (IOException notThere) {
      return parent == null ? path : real(parent).resolve(path.getFileName());
    }
  }
}
