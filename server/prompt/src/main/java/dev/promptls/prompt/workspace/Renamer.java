package dev.promptls.prompt.workspace;

import dev.promptls.prompt.syntax.Format;
import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.text.TextEdit;
import dev.promptls.prompt.vocabulary.Vocabulary;
import dev.promptls.prompt.workspace.Renaming.Edits;
import dev.promptls.prompt.workspace.Renaming.Move;
import dev.promptls.prompt.workspace.Renaming.Refused;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Gives symbols another name, in all files at once.
public final class Renamer {
  private static final Pattern INPUT = Pattern.compile("[\\p{L}_$][\\p{L}\\p{N}_$-]*");
  private static final Pattern PARTIAL = Pattern.compile("[\\w-]++(?:\\.[\\w-]++)*+");

  private final Workspace workspace;
  private final SourceTexts sources;
  private final References references;

  public Renamer(Workspace workspace, SourceTexts sources) {
    this.workspace = workspace;
    this.sources = sources;
    this.references = new References(workspace, sources);
  }

  /// Whether a symbol can be renamed at all; of files, only partials can, since their names are
  /// part of the language.
  public boolean canRename(Symbol symbol) {
    return switch (symbol) {
      case Symbol.File file ->
          PartialNames.isPartial(file.path()) && workspace.file(file.path()) != null;
      case Symbol.Input _ -> true;
    };
  }

  /// What a new name asks for.
  public Renaming rename(Symbol symbol, String name) {
    if (!canRename(symbol)) {
      return new Refused(symbol.name() + " is no partial that is there: create its file first.");
    }
    return switch (symbol) {
      case Symbol.File file -> renamePartial(file, name);
      case Symbol.Input input -> renameInput(input, name);
    };
  }

  private Renaming renamePartial(Symbol.File partial, String name) {
    if (!PARTIAL.matcher(name).matches() || name.length() > 200) {
      return new Refused(
          "'%s' is no name for a partial: use letters, digits, - and _, and dots between them."
              .formatted(name));
    }
    if (name.equals(partial.name())) {
      return new Edits(Map.of(), List.of());
    }
    String folder = FileNames.folder(partial.path());
    String target = folder + "/" + PartialNames.file(name);
    if (workspace.file(target) != null || sources.text(target) != null) {
      return new Refused("There is a partial %s already: choose another name.".formatted(name));
    }
    String captured = workspace.capturedBy(target);
    if (captured != null) {
      return new Refused(
          "%s calls a partial %s already: choose another name."
              .formatted(FileNames.name(captured), name));
    }
    Map<String, List<TextEdit>> edits = new TreeMap<>();
    for (Occurrence place : references.of(partial)) {
      PromptFile file = sources.file(place.path());
      if (file != null) {
        String written = place.span().of(file.text());
        String changed = renamed(written, partial, name);
        edits
            .computeIfAbsent(place.path(), _ -> new ArrayList<>())
            .add(new TextEdit(place.span(), changed));
      }
    }
    String shadowed = shadowed(partial, name, target);
    return shadowed != null
        ? new Refused(
            "In %s the name %s already means another partial: choose another name."
                .formatted(FileNames.name(shadowed), name))
        : new Edits(edits, List.of(new Move(partial.path(), target)));
  }

  /// A name in a call is replaced; in a path, the file's name is.
  private static String renamed(String written, Symbol.File partial, String name) {
    if (written.equals(partial.name())) {
      return name;
    }
    String old = FileNames.name(partial.path());
    int at = written.lastIndexOf(old);
    return at < 0
        ? written
        : written.substring(0, at) + PartialNames.file(name) + written.substring(at + old.length());
  }

  /// A caller to whom the new name would mean another file, because that is nearer; null if there
  /// is none.
  private @Nullable String shadowed(Symbol.File partial, String name, String target) {
    for (String user : workspace.usersOf(partial.path())) {
      FileFacts facts = workspace.file(user);
      for (PartialUse use : facts == null ? List.<PartialUse>of() : facts.partials()) {
        if (partial.path().equals(workspace.partial(use.name(), user))) {
          int slash = use.name().lastIndexOf('/') + 1;
          String found = workspace.partial(use.name().substring(0, slash) + name, user);
          List<String> candidates =
              workspace.candidates(use.name().substring(0, slash) + name, user);
          if (found != null && candidates.indexOf(found) < candidates.indexOf(target)) {
            return user;
          }
        }
      }
    }
    return null;
  }

  private Renaming renameInput(Symbol.Input input, String name) {
    if (!INPUT.matcher(name).matches() || name.length() > 200) {
      return new Refused(
          "'%s' is no name for an input: begin with a letter, and use letters, digits and _."
              .formatted(name));
    }
    if (name.equals(input.name())) {
      return new Edits(Map.of(), List.of());
    }
    if (Vocabulary.helper(Format.DOTPROMPT, name) != null || isWord(name)) {
      return new Refused(
          "%s has a meaning of its own in templates: choose another name.".formatted(name));
    }
    InputFlow.Result flow = InputFlow.of(input, workspace);
    for (Symbol.Input each : flow.inputs()) {
      FileFacts facts = workspace.file(each.file());
      if (facts != null && facts.mentions(sibling(each, name))) {
        return new Refused(
            "There is an input %s already in %s: choose another name."
                .formatted(name, FileNames.name(each.file())));
      }
    }
    for (InputFlow.Key key : flow.keys()) {
      if (key.call().keys().containsKey(name)) {
        return new Refused(
            "%s passes %s to the partial already: choose another name."
                .formatted(FileNames.name(key.caller()), name));
      }
    }
    Map<String, List<TextEdit>> edits = new TreeMap<>();
    for (Occurrence place : references.of(input)) {
      edits
          .computeIfAbsent(place.path(), _ -> new ArrayList<>())
          .add(new TextEdit(place.span(), name));
    }
    return new Edits(edits, List.of());
  }

  private static boolean isWord(String name) {
    return List.of("this", "else", "as", "true", "false", "null", "undefined", "not", "and", "or")
        .contains(name);
  }

  private static List<String> sibling(Symbol.Input input, String name) {
    List<String> path = new ArrayList<>(input.path());
    path.set(path.size() - 1, name);
    return path;
  }
}
