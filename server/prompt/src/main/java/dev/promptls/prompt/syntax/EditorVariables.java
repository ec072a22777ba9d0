package dev.promptls.prompt.syntax;

import dev.promptls.prompt.text.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The variables that VS Code knows in a prompt file: `${input:name}`, `${input:name:placeholder}`
/// and what the editor knows by itself, as `${selection}`. Other text of that form is left alone,
/// since shells write theirs so.
public final class EditorVariables {
  /// What the editor fills in.
  public static final Set<String> KNOWN =
      Set.of(
          "selection",
          "selectedText",
          "file",
          "fileBasename",
          "fileBasenameNoExtension",
          "fileDirname",
          "workspaceFolder",
          "workspaceFolderBasename");

  private static final String INPUT = "input:";

  /// The longest that is looked at, in UTF-16 units.
  private static final int MAX_LENGTH = 1000;

  private EditorVariables() {}

  /// A variable where it stands.
  ///
  /// @param span with dollar sign and braces
  /// @param name of the input, or the editor's name
  /// @param input whether the user is asked for it
  /// @param placeholder shown to the user when asked; empty if none
  public record Variable(Span span, Span nameSpan, String name, boolean input, String placeholder) {
    /// This as a place where the file reads a variable; `@` marks what is the editor's.
    VariableUse use() {
      String path = input ? name : "@" + name;
      return new VariableUse(path, List.of(path), nameSpan, List.of());
    }
  }

  /// The variables of a stretch of a text, in order.
  public static List<Variable> find(String text, Span within) {
    List<Variable> found = new ArrayList<>();
    int at = text.indexOf("${", within.start(), within.end());
    while (at >= 0) {
      Variable variable = read(text, at, Math.min(within.end(), at + MAX_LENGTH));
      if (variable != null) {
        found.add(variable);
      }
      int next = variable == null ? at + 2 : variable.span().end();
      at = text.indexOf("${", next, within.end());
    }
    return found;
  }

  private static @Nullable Variable read(String text, int at, int limit) {
    int close = text.indexOf('}', at, limit);
    if (close < 0) {
      return null;
    }
    Span whole = new Span(at, close + 1);
    int start = at + 2;
    if (!text.startsWith(INPUT, start)) {
      String name = text.substring(start, close);
      return KNOWN.contains(name)
          ? new Variable(whole, new Span(start, close), name, false, "")
          : null;
    }
    start += INPUT.length();
    int colon = text.indexOf(':', start, close);
    Span name = new Span(start, colon < 0 ? close : colon);
    boolean proper = !name.isEmpty() && name.of(text).indexOf('\n') < 0;
    String placeholder = colon < 0 ? "" : text.substring(colon + 1, close);
    return proper ? new Variable(whole, name, name.of(text), true, placeholder) : null;
  }
}
