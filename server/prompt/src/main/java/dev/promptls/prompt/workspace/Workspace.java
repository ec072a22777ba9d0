package dev.promptls.prompt.workspace;

import dev.promptls.prompt.syntax.PromptFile;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.pcollections.HashTreePMap;
import org.pcollections.HashTreePSet;
import org.pcollections.PMap;
import org.pcollections.PSet;

/// The prompt files of some folders at one moment, and who refers to whom. Immutable; a change of
/// one file shares everything else, and costs what that file refers to. Paths are absolute, with
/// `/`.
public final class Workspace {
  public static final Workspace EMPTY =
      new Workspace(List.of(), HashTreePMap.empty(), HashTreePMap.empty());

  private static final int MOST_CALLED = 200;

  private final List<String> roots;
  private final PMap<String, FileFacts> files;

  /// The files that refer to something called so, by the last part of its path: few files share
  /// one, and which of them is meant depends on what else is there.
  private final PMap<String, PSet<String>> referring;

  private Workspace(
      List<String> roots, PMap<String, FileFacts> files, PMap<String, PSet<String>> referring) {
    this.roots = roots;
    this.files = files;
    this.referring = referring;
  }

  /// The same files with other roots.
  public Workspace within(List<String> newRoots) {
    return new Workspace(List.copyOf(newRoots), files, referring);
  }

  /// The workspace with a file as it is now.
  public Workspace with(FileFacts file) {
    FileFacts before = files.get(file.path());
    if (file.equals(before)) {
      return this;
    }
    Set<String> names = names(file);
    PMap<String, PSet<String>> users = referring;
    if (before != null) {
      for (String name : names(before)) {
        users = names.contains(name) ? users : without(users, name, file.path());
      }
    }
    for (String name : names) {
      PSet<String> known = users.get(name);
      users =
          users.plus(
              name, (known == null ? HashTreePSet.<String>empty() : known).plus(file.path()));
    }
    return new Workspace(roots, files.plus(file.path(), file), users);
  }

  /// The workspace without a file.
  public Workspace without(String path) {
    FileFacts file = files.get(path);
    if (file == null) {
      return this;
    }
    PMap<String, PSet<String>> users = referring;
    for (String name : names(file)) {
      users = without(users, name, path);
    }
    return new Workspace(roots, files.minus(path), users);
  }

  /// The workspace with the partials that a file calls, and those that these call, where they are
  /// there but not known: because nobody has looked yet, or the file lies outside the roots.
  public Workspace withCalled(String path, SourceTexts sources) {
    Workspace all = this;
    Set<String> seen = new HashSet<>(Set.of(path));
    Deque<String> open = new ArrayDeque<>(seen);
    while (!open.isEmpty() && seen.size() < MOST_CALLED) {
      String caller = open.removeFirst();
      FileFacts facts = all.file(caller);
      for (PartialUse use : facts == null ? List.<PartialUse>of() : facts.partials()) {
        for (String candidate : all.candidates(use.name(), caller)) {
          PromptFile file = all.file(candidate) == null ? sources.file(candidate) : null;
          all = file == null ? all : all.with(FactReader.read(candidate, file));
          if (all.file(candidate) != null) {
            if (seen.add(candidate)) {
              open.addLast(candidate);
            }
            break;
          }
        }
      }
    }
    return all;
  }

  private static PMap<String, PSet<String>> without(
      PMap<String, PSet<String>> users, String name, String path) {
    PSet<String> known = users.get(name);
    if (known == null) {
      return users;
    }
    PSet<String> left = known.minus(path);
    return left.isEmpty() ? users.minus(name) : users.plus(name, left);
  }

  private static Set<String> names(FileFacts file) {
    Set<String> names = new HashSet<>();
    file.partials().forEach(use -> names.add(FileNames.name(PartialNames.file(use.name()))));
    file.links().forEach(link -> names.add(FileNames.name(link)));
    return names;
  }

  public List<String> roots() {
    return roots;
  }

  public Collection<FileFacts> files() {
    return files.values();
  }

  public @Nullable FileFacts file(String path) {
    return files.get(path);
  }

  /// The innermost root around a file; its own folder if it lies in none.
  public String rootOf(String path) {
    String found = null;
    for (String root : roots) {
      if (path.startsWith(root + "/") && (found == null || root.length() > found.length())) {
        found = root;
      }
    }
    return found == null ? FileNames.folder(path) : found;
  }

  /// The partials as a file calls them.
  public Partials partials(String from, SourceTexts sources) {
    return new Partials(FileNames.folder(from), rootOf(from), sources);
  }

  /// The file that a partial's name means in another file; null if there is none.
  public @Nullable String partial(String name, String from) {
    for (String candidate : candidates(name, from)) {
      if (files.containsKey(candidate)) {
        return candidate;
      }
    }
    return null;
  }

  /// Where the file of a partial would be looked for, the preferred place first.
  public List<String> candidates(String name, String from) {
    return PartialNames.candidates(name, FileNames.folder(from), rootOf(from));
  }

  /// The files that call a partial or link to a file, sorted.
  public Set<String> usersOf(String path) {
    Set<String> users = new TreeSet<>();
    for (String user : referrers(path)) {
      FileFacts facts = files.get(user);
      if (facts != null && (calls(facts, path) || links(facts, path))) {
        users.add(user);
      }
    }
    return users;
  }

  /// The files of which something may change when a file changes, comes or goes: those that call
  /// it, those that call these, and those that link to it. Sorted, without the file itself.
  public Set<String> dependentsOf(String path) {
    Set<String> dependents = new TreeSet<>();
    Deque<String> open = new ArrayDeque<>(List.of(path));
    while (!open.isEmpty()) {
      String changed = open.removeFirst();
      for (String user : referrers(changed)) {
        FileFacts facts = files.get(user);
        if (facts == null || dependents.contains(user)) {
          continue;
        }
        // A file that comes or goes may win over another of the same name.
        boolean calls =
            facts.partials().stream()
                .anyMatch(use -> candidates(use.name(), user).contains(changed));
        if (calls) {
          dependents.add(user);
          open.addLast(user);
        } else if (changed.equals(path) && links(facts, path)) {
          dependents.add(user);
        }
      }
    }
    dependents.remove(path);
    return dependents;
  }

  /// A file of which a call or link would lead to a new file at a path; null if there is none.
  @Nullable String capturedBy(String path) {
    for (String user : new TreeSet<>(referrers(path))) {
      FileFacts facts = files.get(user);
      if (facts == null) {
        continue;
      }
      for (PartialUse use : facts.partials()) {
        List<String> candidates = candidates(use.name(), user);
        int at = candidates.indexOf(path);
        String found = partial(use.name(), user);
        if (at >= 0 && (found == null || at <= candidates.indexOf(found))) {
          return user;
        }
      }
      if (links(facts, path)) {
        return user;
      }
    }
    return null;
  }

  /// The files that refer to something with the last name of a path.
  private Set<String> referrers(String path) {
    return referring.getOrDefault(FileNames.name(path), HashTreePSet.empty());
  }

  /// The way from a file through the partials it calls back to itself, beginning and ending with
  /// it; null if there is none.
  public @Nullable List<String> cycle(String path) {
    Set<String> seen = new HashSet<>();
    Deque<List<String>> open = new ArrayDeque<>(List.of(List.of(path)));
    while (!open.isEmpty()) {
      List<String> way = open.removeFirst();
      for (String called : called(way.getLast())) {
        List<String> further = new ArrayList<>(way);
        further.add(called);
        if (called.equals(path)) {
          return List.copyOf(further);
        }
        if (seen.add(called)) {
          open.addLast(further);
        }
      }
    }
    return null;
  }

  /// The partials that a file calls, as far as they are there.
  Set<String> called(String path) {
    Set<String> called = new LinkedHashSet<>();
    FileFacts facts = files.get(path);
    if (facts != null) {
      for (PartialUse use : facts.partials()) {
        String file = partial(use.name(), path);
        if (file != null) {
          called.add(file);
        }
      }
    }
    return called;
  }

  private boolean calls(FileFacts facts, String path) {
    return facts.partials().stream()
        .anyMatch(use -> path.equals(partial(use.name(), facts.path())));
  }

  private static boolean links(FileFacts facts, String path) {
    String folder = FileNames.folder(facts.path());
    return facts.links().stream().anyMatch(link -> path.equals(FileNames.resolve(folder, link)));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Workspace that
        && roots.equals(that.roots)
        && files.equals(that.files)
        && referring.equals(that.referring);
  }

  @Override
  public int hashCode() {
    return files.hashCode();
  }

  @Override
  public String toString() {
    return "Workspace of " + files.size() + " files in " + roots;
  }
}
