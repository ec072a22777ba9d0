package dev.promptls.prompt.syntax;

import dev.promptls.prompt.text.IntList;
import dev.promptls.prompt.text.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Finds what a Markdown text refers to: `[text](target)`, `![text](target)`, `[label]: target`,
/// `<https://…>`, and VS Code's `#file:path` and `#tool:name`. Code is passed over. Linear in the
/// text's length.
final class MarkdownLinks {
  private final String text;
  private final int end;
  private final List<Link> links = new ArrayList<>();

  /// The fence of the code block that is open; empty outside.
  private String fence = "";

  /// The next closing parenthesis of the line, as far as it was looked for.
  private int parenthesis;

  private MarkdownLinks(String text, int end) {
    this.text = text;
    this.end = end;
  }

  static List<Link> find(String text, Span body) {
    MarkdownLinks finder = new MarkdownLinks(text, body.end());
    int at = body.start();
    while (at < body.end()) {
      int lineEnd = finder.lineEnd(at);
      if (!finder.fenceLine(at, lineEnd) && finder.fence.isEmpty()) {
        finder.line(at, lineEnd);
      }
      at = lineEnd + 1;
    }
    finder.links.sort(Comparator.comparing(Link::span));
    return finder.links;
  }

  private int lineEnd(int from) {
    int at = text.indexOf('\n', from, end);
    return at < 0 ? end : at;
  }

  /// Opens or closes a code block, if the line does.
  private boolean fenceLine(int from, int to) {
    int start = skipBlanks(from, to);
    int stop = start;
    while (stop < to && (text.charAt(stop) == '`' || text.charAt(stop) == '~')) {
      stop++;
    }
    if (stop - start < 3) {
      return false;
    }
    String marks = text.substring(start, Math.min(stop, start + 100));
    if (fence.isEmpty()) {
      boolean inline = marks.startsWith("`") && text.indexOf('`', stop, to) >= 0;
      fence = inline ? "" : marks;
      return !inline;
    }
    if (marks.startsWith(fence) && skipBlanks(stop, to) == to) {
      fence = "";
    }
    return true;
  }

  private void line(int from, int to) {
    if (definition(from, to)) {
      return;
    }
    IntList open = new IntList();
    CodeSpans code = new CodeSpans();
    parenthesis = -1;
    int at = from;
    while (at < to) {
      char c = text.charAt(at);
      int next = at + 1;
      if (c == '`') {
        next = code.after(at, to);
      } else if (c == '\\') {
        next = at + 2;
      } else if (c == '[') {
        open.add(at);
      } else if (c == ']' && open.size() > 0) {
        int bracket = open.removeLast();
        boolean image = bracket > from && text.charAt(bracket - 1) == '!';
        next = next < to && text.charAt(next) == '(' ? target(next + 1, to, image) : next;
      } else if (c == '#') {
        next = reference(at, to);
      } else if (c == '<' && address(next, to)) {
        next = text.indexOf('>', next, to) + 1;
      }
      at = next;
    }
  }

  /// A line `[label]: target`.
  private boolean definition(int from, int to) {
    int start = skipBlanks(from, to);
    if (start >= to || text.charAt(start) != '[') {
      return false;
    }
    int close = text.indexOf("]:", start, to);
    if (close < 0 || text.indexOf(']', start, to) != close) {
      return false;
    }
    int at = skipBlanks(close + 2, to);
    int stop = wordEnd(at, to);
    add(at, stop, false);
    return stop > at;
  }

  /// What stands between the parentheses; gives where to go on.
  private int target(int from, int to, boolean image) {
    int at = skipBlanks(from, to);
    if (at < to && text.charAt(at) == '<') {
      int close = angleEnd(at + 1, to);
      if (close < 0) {
        return from;
      }
      add(at + 1, close, image);
      return close + 1;
    }
    int depth = 0;
    int stop = at;
    while (stop < to && !Character.isWhitespace(text.charAt(stop))) {
      char c = text.charAt(stop);
      if (c == ')' && depth == 0) {
        break;
      }
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      stop++;
    }
    if (parenthesis < stop) {
      int next = text.indexOf(')', stop, to);
      parenthesis = next < 0 ? Integer.MAX_VALUE : next;
    }
    if (parenthesis >= to) {
      return stop;
    }
    add(at, stop, image);
    return parenthesis + 1;
  }

  private void add(int from, int to, boolean image) {
    if (from < to && text.charAt(from) != '#') {
      Span span = new Span(from, to);
      String target = span.of(text);
      links.add(image ? new Link(Link.Kind.MEDIA, target, span) : Link.to(target, span));
    }
  }

  /// `#file:path` and `#tool:name`.
  private int reference(int at, int to) {
    boolean file = text.regionMatches(true, at, "#file:", 0, 6);
    boolean tool = text.regionMatches(true, at, "#tool:", 0, 6);
    int start = at + 6;
    if (!file && !tool) {
      return at + 1;
    }
    int stop = file ? pathEnd(start, to) : toolEnd(start, to);
    if (stop > start) {
      Span span = new Span(start, stop);
      links.add(new Link(file ? Link.Kind.FILE : Link.Kind.TOOL, span.of(text), span));
    }
    return Math.max(stop, start);
  }

  private int pathEnd(int from, int to) {
    int at = from;
    while (at < to && text.charAt(at) != '#' && !Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    // Punctuation ends the sentence, not the path.
    while (at > from && ".,;:!?)".indexOf(text.charAt(at - 1)) >= 0) {
      at--;
    }
    return at;
  }

  private int toolEnd(int from, int to) {
    int at = from;
    while (at < to && isToolCharacter(text.charAt(at))) {
      at++;
    }
    return at > from && text.charAt(at - 1) == '.' ? at - 1 : at;
  }

  private static boolean isToolCharacter(char c) {
    return (c < 128 && Character.isLetterOrDigit(c)) || "_-./".indexOf(c) >= 0;
  }

  /// Whether an address in angle brackets begins here.
  private boolean address(int from, int to) {
    int close = text.startsWith("http", from) ? angleEnd(from, to) : -1;
    boolean whole = close > from && wordEnd(from, close) == close;
    if (whole && Link.hasScheme(text.substring(from, close))) {
      add(from, close, false);
      return true;
    }
    return false;
  }

  /// Where what stands in angle brackets ends; -1 if the line or another bracket comes before.
  private int angleEnd(int from, int to) {
    int at = from;
    while (at < to && text.charAt(at) != '>' && text.charAt(at) != '<') {
      at++;
    }
    return at < to && text.charAt(at) == '>' ? at : -1;
  }

  private int wordEnd(int from, int to) {
    int at = from;
    while (at < to && !Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    return at;
  }

  private int skipBlanks(int from, int to) {
    int at = from;
    while (at < to && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
      at++;
    }
    return at;
  }

  /// Code between backticks of one line.
  private final class CodeSpans {
    /// Runs of this many backticks have no partner in what is left of the line.
    private final IntList alone = new IntList();

    /// Where to go on after a run of backticks: behind its partner, or behind the run.
    int after(int at, int to) {
      int start = runEnd(at, to);
      int length = start - at;
      if (alone.contains(length)) {
        return start;
      }
      int next = text.indexOf('`', start, to);
      while (next >= 0) {
        int stop = runEnd(next, to);
        if (stop - next == length) {
          return stop;
        }
        next = text.indexOf('`', stop, to);
      }
      alone.add(length);
      return start;
    }

    private int runEnd(int from, int to) {
      int stop = from;
      while (stop < to && text.charAt(stop) == '`') {
        stop++;
      }
      return stop;
    }
  }
}
