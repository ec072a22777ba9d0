package dev.promptls.prompt.syntax;

import dev.promptls.prompt.text.Span;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Reads the tags of a POML document. Goes on after every mistake; knows neither entities nor
/// document types, so that nothing can be made to grow. Linear in the text's length.
final class PomlScanner {
  /// Elements deeper than this are read as children of the one at this depth.
  private static final int MAX_DEPTH = 64;

  /// The longest expression without quotes that is looked for, in UTF-16 units.
  private static final int MAX_EXPRESSION = 10_000;

  /// More than so many problems help nobody.
  private static final int MAX_PROBLEMS = 1000;

  private final String text;
  private final List<Problem> problems = new ArrayList<>();
  private final Deque<Open> open = new ArrayDeque<>();
  private final Map<String, Integer> openNames = new HashMap<>();
  private final List<PomlNode> roots = new ArrayList<>();
  private int at;

  private PomlScanner(String text) {
    this.text = text;
  }

  /// @param roots the elements and texts at the top
  record Result(List<PomlNode> roots, List<Problem> problems) {}

  static Result scan(String text) {
    PomlScanner scanner = new PomlScanner(text);
    scanner.all();
    return new Result(List.copyOf(scanner.roots), List.copyOf(scanner.problems));
  }

  private void all() {
    int textStart = at;
    int tag = text.indexOf('<');
    while (tag >= 0) {
      int behind = markup(tag, textStart);
      if (behind > tag) {
        textStart = behind;
      }
      tag = text.indexOf('<', Math.max(behind, tag + 1));
    }
    addText(textStart, text.length());
    while (!open.isEmpty()) {
      unclosed(open.element());
      close(text.length(), text.length());
    }
  }

  /// Reads what begins at an angle bracket; gives where it ends, or its start if it is mere text.
  private int markup(int start, int textStart) {
    if (text.startsWith("<!--", start)) {
      return skip(start, textStart, "-->", 4, "comment");
    }
    if (text.startsWith("<![CDATA[", start)) {
      int end = text.indexOf("]]>", start);
      addText(textStart, start);
      addText(start + 9, end < 0 ? text.length() : end);
      return end < 0 ? text.length() : end + 3;
    }
    if (text.startsWith("<!", start) || text.startsWith("<?", start)) {
      return skip(start, textStart, ">", 2, "declaration");
    }
    boolean closing = text.startsWith("</", start);
    int name = start + (closing ? 2 : 1);
    if (name >= text.length() || !Character.isLetter(text.charAt(name))) {
      return start;
    }
    addText(textStart, start);
    at = name;
    return closing ? closingTag(start) : openingTag(start);
  }

  private int skip(int start, int textStart, String end, int opening, String what) {
    addText(textStart, start);
    int close = text.indexOf(end, start + opening);
    if (close < 0) {
      problem("poml-unclosed", new Span(start, start + opening), "This " + what + " never ends.");
      return text.length();
    }
    return close + end.length();
  }

  private int openingTag(int start) {
    Span name = word();
    List<PomlNode.Attribute> attributes = new ArrayList<>();
    while (true) {
      skipBlanks();
      if (at >= text.length() || text.charAt(at) == '<') {
        problem("poml-unclosed", name, "The tag " + name.of(text) + " is not ended by >.");
        break;
      }
      if (text.charAt(at) == '>') {
        at++;
        break;
      }
      if (text.startsWith("/>", at)) {
        at += 2;
        add(element(new Open(name, attributes, start, at, new ArrayList<>()), at, at));
        return at;
      }
      attribute(attributes);
    }
    if (open.size() < MAX_DEPTH) {
      Open element = new Open(name, attributes, start, at, new ArrayList<>());
      open.push(element);
      openNames.merge(element.plainName(text), 1, Integer::sum);
    } else {
      problem("poml-too-deep", name, "Elements nested deeper than " + MAX_DEPTH + " levels.");
    }
    return at;
  }

  private void attribute(List<PomlNode.Attribute> attributes) {
    Span name = word();
    if (name.isEmpty()) {
      at++;
      return;
    }
    skipBlanks();
    if (at >= text.length() || text.charAt(at) != '=') {
      attributes.add(new PomlNode.Attribute(name.of(text), "true", name));
      return;
    }
    at++;
    skipBlanks();
    Span value = value();
    attributes.add(new PomlNode.Attribute(name.of(text), value.of(text), value));
  }

  /// Between quotes, or an expression, or up to the next blank.
  private Span value() {
    int start = at;
    char quote = at < text.length() ? text.charAt(at) : ' ';
    if (quote == '"' || quote == '\'') {
      int close = text.indexOf(quote, at + 1);
      if (close < 0) {
        problem("poml-unclosed", new Span(at, at + 1), "This quoted value never ends.");
        close = Math.max(at + 1, endOfTag(at));
        at = close;
        return new Span(start + 1, close);
      }
      at = close + 1;
      return new Span(start + 1, close);
    }
    int expression =
        text.startsWith("{{", at)
            ? text.indexOf("}}", at, Math.min(text.length(), at + MAX_EXPRESSION))
            : -1;
    at = expression < 0 ? at : expression + 2;
    while (at < text.length() && !ends(text.charAt(at))) {
      at++;
    }
    return new Span(start, at);
  }

  private int endOfTag(int from) {
    int end = from;
    while (end < text.length() && text.charAt(end) != '>' && text.charAt(end) != '\n') {
      end++;
    }
    return end;
  }

  private static boolean ends(char c) {
    return Character.isWhitespace(c) || c == '>' || c == '<' || c == '/';
  }

  private int closingTag(int start) {
    Span name = word();
    skipBlanks();
    boolean ended = at < text.length() && text.charAt(at) == '>';
    at += ended ? 1 : 0;
    if (!ended) {
      problem("poml-unclosed", name, "The tag /" + name.of(text) + " is not ended by >.");
    }
    String wanted = Open.plain(name.of(text));
    if (openNames.getOrDefault(wanted, 0) == 0) {
      problem("poml-mismatched", name, "No element " + name.of(text) + " is open here.");
      return at;
    }
    while (!open.element().plainName(text).equals(wanted)) {
      unclosed(open.element());
      close(start, start);
    }
    close(start, at);
    return at;
  }

  private void unclosed(Open element) {
    String name = element.name().of(text);
    problem(
        "poml-unclosed",
        element.name(),
        "The element " + name + " is not closed; add </" + name + ">.");
  }

  /// Ends the innermost open element.
  private void close(int contentEnd, int end) {
    Open closing = open.pop();
    openNames.merge(closing.plainName(text), -1, Integer::sum);
    add(element(closing, contentEnd, end));
  }

  private PomlNode.Element element(Open of, int contentEnd, int end) {
    return new PomlNode.Element(
        of.name().of(text),
        of.name(),
        of.attributes(),
        new Span(of.start(), end),
        new Span(of.contentStart(), Math.max(of.contentStart(), contentEnd)),
        of.children());
  }

  private void addText(int from, int to) {
    if (from < to) {
      add(new PomlNode.Text(new Span(from, to)));
    }
  }

  private void add(PomlNode node) {
    (open.isEmpty() ? roots : open.element().children()).add(node);
  }

  private Span word() {
    int start = at;
    while (at < text.length() && isName(text.charAt(at))) {
      at++;
    }
    return new Span(start, at);
  }

  private static boolean isName(char c) {
    return Character.isLetterOrDigit(c) || c == '-' || c == '_' || c == '.' || c == ':';
  }

  private void skipBlanks() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private void problem(String code, Span span, String message) {
    if (problems.size() < MAX_PROBLEMS) {
      problems.add(YamlReader.error(code, span, message));
    }
  }

  /// An element whose end was not met yet.
  private record Open(
      Span name,
      List<PomlNode.Attribute> attributes,
      int start,
      int contentStart,
      List<PomlNode> children) {
    String plainName(String text) {
      return plain(name.of(text));
    }

    static String plain(String name) {
      return name.toLowerCase(Locale.ROOT).replace("-", "");
    }
  }
}
