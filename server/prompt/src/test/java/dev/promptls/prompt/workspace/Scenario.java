package dev.promptls.prompt.workspace;

import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.syntax.PromptReader;
import dev.promptls.prompt.text.Edits;
import dev.promptls.prompt.workspace.References.Named;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/// Files of a workspace at `/ws`, written one after the other: `== name` begins each, `$0` marks
/// the cursor.
final class Scenario {
  static final String ROOT = "/ws";

  final Map<String, String> files = new TreeMap<>();
  private String cursorFile = "";
  private int cursor;

  static Scenario of(String text) {
    Scenario scenario = new Scenario();
    for (String part : text.split("(?m)^== ", -1)) {
      int line = part.indexOf('\n');
      if (line > 0) {
        scenario.put(ROOT + "/" + part.substring(0, line), part.substring(line + 1));
      }
    }
    return scenario;
  }

  private void put(String path, String marked) {
    int at = marked.indexOf("$0");
    if (at >= 0) {
      cursorFile = path;
      cursor = at;
    }
    files.put(path, marked.replace("$0", ""));
  }

  String text(String path) {
    return Objects.requireNonNull(files.get(path), path);
  }

  Workspace workspace() {
    Workspace workspace = Workspace.EMPTY.within(List.of(ROOT));
    for (String path : files.keySet()) {
      if (FileNames.isPrompt(path)) {
        workspace = workspace.with(FactReader.read(path, PromptReader.read(path, text(path))));
      }
    }
    return workspace;
  }

  References index() {
    return new References(workspace(), files::get);
  }

  Named named() {
    PromptFile file = PromptReader.read(cursorFile, text(cursorFile));
    return index().at(cursorFile, file, cursor).orElseThrow();
  }

  /// The places as `file: line text with [the name] in brackets`.
  List<String> shown(List<Occurrence> places) {
    List<String> shown = new ArrayList<>();
    for (Occurrence place : places) {
      String text = text(place.path());
      int start = text.lastIndexOf('\n', Math.max(0, place.span().start() - 1)) + 1;
      int end = text.indexOf('\n', place.span().end());
      shown.add(
          place.path().substring(ROOT.length() + 1)
              + ": "
              + (text.substring(start, place.span().start())
                      + "["
                      + place.span().of(text)
                      + "]"
                      + text.substring(place.span().end(), end < 0 ? text.length() : end))
                  .strip());
    }
    return shown;
  }

  List<String> references() {
    return shown(index().of(named().symbol()));
  }

  Renaming rename(String name) {
    return new Renamer(workspace(), files::get).rename(named().symbol(), name);
  }

  /// Applies what was asked for.
  void apply(Renaming.Edits edits) {
    edits.edits().forEach((path, changes) -> files.put(path, Edits.apply(text(path), changes)));
    edits
        .moves()
        .forEach(move -> files.put(move.to(), Objects.requireNonNull(files.remove(move.from()))));
  }
}
