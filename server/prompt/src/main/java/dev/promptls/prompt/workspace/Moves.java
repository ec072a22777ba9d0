package dev.promptls.prompt.workspace;

import dev.promptls.prompt.syntax.Link;
import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.text.Span;
import dev.promptls.prompt.text.TextEdit;
import dev.promptls.prompt.workspace.Renaming.Move;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What has to be written anew when files or folders are moved, so that every call and link leads
/// where it led before.
///
/// @param sources the texts of the files, before the moves
public record Moves(Workspace workspace, SourceTexts sources) {
  /// The edits, by the files' paths before the moves.
  public Map<String, List<TextEdit>> edits(List<Move> moves) {
    Map<String, List<TextEdit>> edits = new TreeMap<>();
    for (FileFacts facts : workspace.files()) {
      if (isTouched(facts, moves)) {
        PromptFile file = sources.file(facts.path());
        List<TextEdit> changes = file == null ? List.of() : edits(facts.path(), file, moves);
        if (!changes.isEmpty()) {
          edits.put(facts.path(), changes);
        }
      }
    }
    return edits;
  }

  private boolean isTouched(FileFacts facts, List<Move> moves) {
    String path = facts.path();
    if (!moved(path, moves).equals(path)) {
      return true;
    }
    String folder = FileNames.folder(path);
    for (String link : facts.links()) {
      String target = FileNames.resolve(folder, link);
      if (target != null && !moved(target, moves).equals(target)) {
        return true;
      }
    }
    for (PartialUse use : facts.partials()) {
      String called = workspace.partial(use.name(), path);
      if (called != null && !moved(called, moves).equals(called)) {
        return true;
      }
    }
    return false;
  }

  private List<TextEdit> edits(String path, PromptFile file, List<Move> moves) {
    List<TextEdit> edits = new ArrayList<>();
    String now = moved(path, moves);
    for (PartialCalls.Call call : PartialCalls.in(file)) {
      String called = workspace.partial(call.use().name(), path);
      String name = called == null ? null : name(call.use().name(), now, moved(called, moves));
      if (name != null && !name.equals(call.use().name())) {
        edits.add(new TextEdit(call.tag().nameSpan(), name));
      }
    }
    for (Link link : file.links()) {
      String target = References.target(path, link);
      String wanted = target == null ? null : moved(target, moves);
      if (wanted != null && !wanted.equals(FileNames.resolve(FileNames.folder(now), link.path()))) {
        String relative = FileNames.relative(FileNames.folder(now), wanted);
        boolean dotted = link.path().startsWith("./") && !relative.startsWith("../");
        int start = link.span().start();
        edits.add(
            new TextEdit(
                new Span(start, start + link.path().length()),
                dotted ? "./" + relative : relative));
      }
    }
    return edits;
  }

  /// What a prompt is to call a partial: as before, if that still leads there; null if nothing
  /// does.
  private @Nullable String name(String before, String from, String partial) {
    if (workspace.candidates(before, from).contains(partial)) {
      return before;
    }
    if (!PartialNames.isPartial(partial)) {
      return null;
    }
    String root = workspace.rootOf(from);
    String home = FileNames.folder(partial);
    for (String at = FileNames.folder(from); ; at = FileNames.folder(at)) {
      if (home.equals(at)) {
        return PartialNames.bare(partial);
      }
      if (home.startsWith(at + "/")) {
        return home.substring(at.length() + 1) + "/" + PartialNames.bare(partial);
      }
      if (at.equals(root) || at.isEmpty()) {
        return null;
      }
    }
  }

  private static String moved(String path, List<Move> moves) {
    for (Move move : moves) {
      if (path.equals(move.from())) {
        return move.to();
      }
      if (path.startsWith(move.from() + "/")) {
        return move.to() + path.substring(move.from().length());
      }
    }
    return path;
  }
}
