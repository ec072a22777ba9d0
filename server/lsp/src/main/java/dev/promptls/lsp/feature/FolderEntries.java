package dev.promptls.lsp.feature;

import dev.promptls.lab.files.Roots;
import dev.promptls.lsp.feature.CompletionFeature.Spot;
import dev.promptls.prompt.workspace.FileNames;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What lies in a folder beside a prompt, as far as it may be read.
final class FolderEntries {
  private static final Logger LOG = LoggerFactory.getLogger(FolderEntries.class);
  private static final int MOST = 1_000;

  private FolderEntries() {}

  /// A file or folder.
  ///
  /// @param path absolute, with `/`
  record Entry(String name, String path, boolean folder) {}

  /// The prompt's own folder.
  static List<Entry> beside(Spot spot) {
    return at(spot, "");
  }

  /// A folder, folders first, hidden ones left out; empty if it lies outside the roots.
  ///
  /// @param relative to the prompt's folder
  static List<Entry> at(Spot spot, String relative) {
    String from = spot.document().path();
    String folder = from == null ? null : FileNames.resolve(FileNames.folder(from), relative);
    if (from == null || folder == null) {
      return List.of();
    }
    Roots roots = spot.moment().snapshot().roots(from);
    Path real = real(roots, folder);
    if (real == null || !Files.isDirectory(real)) {
      return List.of();
    }
    var entries = new ArrayList<Entry>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(real)) {
      for (Path each : found) {
        String name = each.getFileName().toString();
        // A link may lead out of the roots.
        if (!name.startsWith(".") && roots.resolve(each) != null && entries.size() < MOST) {
          entries.add(new Entry(name, folder + "/" + name, Files.isDirectory(each)));
        }
      }
    } catch (IOException unreadable) {
      LOG.debug("A folder cannot be listed.");
      return List.of();
    }
    entries.sort(
        Comparator.comparing(Entry::folder)
            .reversed()
            .thenComparing(entry -> entry.name().toLowerCase(Locale.ROOT))
            .thenComparing(Entry::name));
    return entries;
  }

  private static @Nullable Path real(Roots roots, String folder) {
    try {
      return roots.resolve(Path.of(folder));
    } catch (InvalidPathException notAPath) {
      return null;
    }
  }
}
