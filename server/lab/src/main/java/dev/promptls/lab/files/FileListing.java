package dev.promptls.lab.files;

import java.nio.file.Path;
import java.util.List;

/// The files found below some paths, and what could not be looked at.
///
/// @param files in the order of the paths given, and sorted below each
public record FileListing(List<Found> files, List<FileProblem> problems) {
  public FileListing {
    files = List.copyOf(files);
    problems = List.copyOf(problems);
  }

  /// A file.
  ///
  /// @param path below the path given, as a person would write it
  /// @param real absolute, links resolved
  /// @param named whether it was given itself, not found in a folder
  public record Found(Path path, Path real, boolean named) {}

  /// The paths alone.
  public List<Path> paths() {
    return files.stream().map(Found::path).toList();
  }
}
