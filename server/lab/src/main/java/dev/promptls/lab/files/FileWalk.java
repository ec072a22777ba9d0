package dev.promptls.lab.files;

import dev.promptls.lab.files.FileListing.Found;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// One search through folders. Links are looked at last, so that a file that is there itself is
/// found under its own name and never twice.
final class FileWalk {
  /// Hidden folders in which tools keep prompts.
  private static final Set<String> SHOWN = Set.of(".github", ".claude", ".agents");

  private final PromptFiles.Limits limits;
  private final Predicate<Path> wanted;
  private final List<Found> files = new ArrayList<>();
  private final Set<Path> seen = new HashSet<>();
  private final List<FileProblem> problems = new ArrayList<>();
  private final Deque<Place> links = new ArrayDeque<>();
  private Roots roots = new Roots(List.of());
  private int entries;
  private boolean full;

  FileWalk(PromptFiles.Limits limits, Predicate<Path> wanted) {
    this.limits = limits;
    this.wanted = wanted;
  }

  /// A folder or a link.
  ///
  /// @param path as a person would write it
  /// @param real the same without links above it
  /// @param rules that hold for it
  private record Place(Path path, Path real, @Nullable IgnoreRules rules, int depth) {}

  FileListing list(List<Path> paths) {
    roots = Roots.of(paths.stream().filter(Files::isDirectory).toList());
    for (Path path : paths) {
      int before = files.size();
      start(path);
      while (!links.isEmpty() && !full) {
        follow(links.removeFirst());
      }
      // As a whole, since links were followed last.
      files
          .subList(before, files.size())
          .sort(Comparator.comparing(file -> DiskTexts.written(file.path())));
    }
    return new FileListing(files, problems);
  }

  private void start(Path path) {
    Path real = Roots.real(path);
    if (real == null) {
      problem(path, "There is no file or folder " + path + ": check its name.");
    } else if (!Files.isDirectory(real)) {
      if (seen.add(real)) {
        files.add(new Found(path, real, true));
      }
    } else if (seen.add(real)) {
      folder(new Place(path, real, rules(real), 0));
    }
  }

  private void folder(Place folder) {
    if (folder.depth() > limits.depth()) {
      problem(folder.path(), folder.path() + " lies too deep to be searched: name it itself.");
      return;
    }
    for (Path child : children(folder)) {
      if (full) {
        return;
      }
      entry(
          new Place(
              folder.path().resolve(child),
              folder.real().resolve(child),
              folder.rules(),
              folder.depth() + 1));
    }
  }

  /// The names in a folder, sorted.
  private List<Path> children(Place folder) {
    List<Path> names = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder.real())) {
      for (Path child : stream) {
        if (++entries > limits.entries()) {
          full("more than " + limits.entries() + " entries");
          break;
        }
        names.add(child.getFileName());
      }
    } catch (IOException | DirectoryIteratorException unreadable) {
      unreadable(folder.path(), unreadable);
    }
    names.sort(Comparator.comparing(Path::toString));
    return names;
  }

  private void entry(Place entry) {
    BasicFileAttributes attributes;
    try {
      attributes =
          Files.readAttributes(entry.real(), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    } catch (IOException gone) {
      unreadable(entry.path(), gone);
      return;
    }
    if (attributes.isSymbolicLink()) {
      if (!IgnoreRules.ignores(entry.rules(), entry.real(), false)) {
        links.addLast(entry);
      }
    } else if (attributes.isDirectory()) {
      enter(entry);
    } else if (attributes.isRegularFile()) {
      take(entry, attributes.size());
    }
  }

  private void enter(Place folder) {
    String name = folder.real().getFileName().toString();
    boolean hidden = name.startsWith(".") && !SHOWN.contains(name);
    if (!hidden
        && !name.equals("node_modules")
        && !IgnoreRules.ignores(folder.rules(), folder.real(), true)
        && seen.add(folder.real())) {
      folder(
          new Place(
              folder.path(),
              folder.real(),
              IgnoreRules.below(folder.rules(), folder.real()),
              folder.depth()));
    }
  }

  private void take(Place file, long size) {
    if (!IgnoreRules.ignores(file.rules(), file.real(), false) && wanted.test(file.real())) {
      add(file.path(), file.real(), size);
    }
  }

  private void add(Path path, Path real, long size) {
    if (!seen.add(real)) {
      return;
    }
    if (size > limits.bytes()) {
      problem(
          path,
          "%s is larger than %d MiB and was passed over.".formatted(path, limits.bytes() >> 20));
    } else if (files.size() >= limits.files()) {
      full("more than " + limits.files() + " prompt files");
    } else {
      files.add(new Found(path, real, false));
    }
  }

  /// Goes where a link leads, if that is inside. What lies outside is nobody's business.
  private void follow(Place link) {
    Path real = roots.resolve(link.real());
    if (real == null || isShunned(real)) {
      return;
    }
    try {
      if (Files.isRegularFile(real)) {
        if (wanted.test(link.real())) {
          add(link.path(), real, Files.size(real));
        }
      } else if (Files.isDirectory(real) && seen.add(real)) {
        folder(new Place(link.path(), real, rules(real), link.depth()));
      }
    } catch (IOException gone) {
      unreadable(link.path(), gone);
    }
  }

  private @Nullable IgnoreRules rules(Path folder) {
    Path root = roots.around(folder);
    return root == null ? null : IgnoreRules.at(folder, root, limits.ignoresAbove());
  }

  /// Whether the way from the root leads through folders that are passed over.
  private boolean isShunned(Path real) {
    Path root = roots.around(real);
    if (root == null) {
      return true;
    }
    for (Path part : root.relativize(real)) {
      String name = part.toString();
      if (name.equals("node_modules") || (name.startsWith(".") && !SHOWN.contains(name))) {
        return true;
      }
    }
    return false;
  }

  private void full(String reason) {
    if (!full) {
      full = true;
      Path first = roots.folders().getFirst();
      problem(first, first + " holds " + reason + ", the rest is left out: name folders in it.");
    }
  }

  private void unreadable(Path path, Exception why) {
    boolean denied =
        why instanceof AccessDeniedException || why.getCause() instanceof AccessDeniedException;
    String reason = denied ? "you lack the permission" : String.valueOf(why.getMessage());
    problem(path, path + " cannot be read: " + reason + ".");
  }

  private void problem(Path path, String sentence) {
    problems.add(new FileProblem(path, sentence));
  }
}
