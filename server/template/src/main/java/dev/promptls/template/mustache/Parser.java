package dev.promptls.template.mustache;

import dev.promptls.template.Range;
import dev.promptls.template.run.Failure;
import dev.promptls.template.run.Meter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// Mustache source to nodes.
final class Parser {
  private final String source;
  private final Meter meter;
  private final Deque<Open> open = new ArrayDeque<>();
  private List<MustacheNode> nodes = new ArrayList<>();
  private String left = "{{";
  private String right = "}}";
  private int at;

  Parser(String source, Meter meter) {
    this.source = source;
    this.meter = meter;
  }

  /// A section whose end was not met yet.
  ///
  /// @param outside the nodes before it
  private record Open(String name, boolean inverted, Range tag, List<MustacheNode> outside) {}

  List<MustacheNode> parse() {
    int tag = source.indexOf(left, at);
    while (tag >= 0) {
      tag(tag);
      tag = source.indexOf(left, at);
    }
    text(source.length());
    if (!open.isEmpty()) {
      Open section = open.element();
      throw new Failure(
          "The section '"
              + section.name()
              + "' is not closed; end it with {{/"
              + section.name()
              + "}}.",
          section.tag());
    }
    return List.copyOf(nodes);
  }

  private void text(int end) {
    if (end > at) {
      nodes.add(new MustacheNode.Text(source.substring(at, end), new Range(at, end)));
    }
    at = Math.max(at, end);
  }

  private void tag(int start) {
    meter.token(start);
    int inside = start + left.length();
    char kind = inside < source.length() ? source.charAt(inside) : ' ';
    String close = kind == '{' ? "}" + right : kind == '=' ? "=" + right : right;
    int from = "{#^/>!=&".indexOf(kind) >= 0 ? inside + 1 : inside;
    int end = source.indexOf(close, from);
    if (end < 0) {
      Range rest = new Range(start, Math.min(source.length(), inside));
      throw new Failure("This tag is not closed; end it with " + close + ".", rest);
    }
    Range range = new Range(start, end + close.length());
    String name = source.substring(from, end).strip();
    boolean alone = "#^/>!=".indexOf(kind) >= 0 && isAlone(range);
    int textEnd = start;
    while (alone && textEnd > at && isBlank(source.charAt(textEnd - 1))) {
      textEnd--;
    }
    text(textEnd);
    at = alone ? lineEnd(range.end()) : range.end();
    accept(kind, name, range);
  }

  private void accept(char kind, String name, Range range) {
    switch (kind) {
      case '!', '>' -> {}
      case '=' -> delimiters(name, range);
      case '#', '^' -> {
        open.push(new Open(name, kind == '^', range, nodes));
        nodes = new ArrayList<>();
      }
      case '/' -> close(name, range);
      default ->
          nodes.add(new MustacheNode.Variable(path(name), kind == '{' || kind == '&', range));
    }
  }

  private void close(String name, Range range) {
    Open section = open.peek();
    if (section == null || !section.name().equals(name)) {
      throw new Failure(
          section == null
              ? "No section '" + name + "' is open here; remove this tag."
              : "The section '" + section.name() + "' is open here, not '" + name + "'.",
          range);
    }
    open.pop();
    MustacheNode node =
        new MustacheNode.Section(
            path(name), section.inverted(), List.copyOf(nodes), section.tag().to(range));
    nodes = section.outside();
    nodes.add(node);
  }

  private void delimiters(String pair, Range range) {
    String[] both = pair.split("\\s+", -1);
    if (both.length != 2 || both[0].isEmpty() || pair.contains("=")) {
      throw new Failure("Delimiters are set as in {{=<% %>=}}.", range);
    }
    left = both[0];
    right = both[1];
  }

  private static List<String> path(String name) {
    return name.equals(".") ? List.of() : List.of(name.split("\\.", -1));
  }

  /// Whether nothing else stands on a tag's lines.
  private boolean isAlone(Range tag) {
    int before = tag.start();
    while (before > 0 && isBlank(source.charAt(before - 1))) {
      before--;
    }
    int after = tag.end();
    while (after < source.length() && isBlank(source.charAt(after))) {
      after++;
    }
    boolean begins = before == 0 || source.charAt(before - 1) == '\n';
    boolean ends =
        after == source.length()
            || source.charAt(after) == '\n'
            || source.startsWith("\r\n", after);
    return begins && ends;
  }

  private int lineEnd(int from) {
    int lineBreak = source.indexOf('\n', from);
    return lineBreak < 0 ? source.length() : lineBreak + 1;
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }
}
