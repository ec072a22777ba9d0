package dev.promptls.prompt.workspace;

import dev.promptls.prompt.syntax.VariableUse;
import dev.promptls.prompt.text.Span;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Variables as paths from the top of the data, whatever block they stand in: in `{{#each users}}`,
/// `name` is `[users, name]`.
final class InputPaths {
  private InputPaths() {}

  /// The whole path of a variable; null for context variables, and where a block around it looks
  /// outside itself.
  static @Nullable List<String> of(VariableUse use) {
    if (use.name().startsWith("@")) {
      return null;
    }
    List<String> path = scope(use.scope());
    if (path == null) {
      return null;
    }
    path.addAll(use.path());
    return path;
  }

  /// Where names are looked up inside some blocks; null if that cannot be told.
  static @Nullable List<String> scope(List<String> arguments) {
    List<String> path = new ArrayList<>();
    for (String argument : arguments) {
      if (argument.startsWith("..") || argument.startsWith("@")) {
        return null;
      }
      for (String segment : argument.split("[./]", -1)) {
        if (!segment.isEmpty() && !segment.equals("this")) {
          path.add(unquoted(segment));
        }
      }
    }
    return path;
  }

  /// Where the name at a depth of the whole path is written; null if it is the block around it that
  /// says it.
  static @Nullable Span segment(VariableUse use, List<String> whole, int depth, String text) {
    int index = depth - (whole.size() - use.path().size());
    if (index < 0 || index >= use.path().size()) {
      return null;
    }
    // What comes before the path, as `this.` and `../`, is written too: count from the end.
    int fromEnd = use.path().size() - 1 - index;
    int end = use.span().end();
    while (true) {
      int start = end;
      while (start > use.span().start() && !isSeparator(text.charAt(start - 1))) {
        start--;
      }
      if (fromEnd == 0) {
        return unquoted(text, new Span(start, end));
      }
      if (start == use.span().start()) {
        return null;
      }
      fromEnd--;
      end = start - 1;
    }
  }

  private static boolean isSeparator(char c) {
    return c == '.' || c == '/';
  }

  private static String unquoted(String segment) {
    boolean quoted = segment.startsWith("[") && segment.endsWith("]");
    return quoted ? segment.substring(1, segment.length() - 1) : segment;
  }

  private static Span unquoted(String text, Span span) {
    boolean quoted =
        span.length() > 2 && text.charAt(span.start()) == '[' && text.charAt(span.end() - 1) == ']';
    return quoted ? new Span(span.start() + 1, span.end() - 1) : span;
  }

  /// Whether a path is another or leads on from it.
  static boolean startsWith(List<String> path, List<String> start) {
    return path.size() >= start.size() && path.subList(0, start.size()).equals(start);
  }
}
