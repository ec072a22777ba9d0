package dev.promptls.prompt.syntax;

import dev.promptls.prompt.text.Span;
import dev.promptls.template.Words;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The inside of one tag, word by word.
final class TagParts {
  private final String text;
  private final Words known;
  private final int limit;
  private final List<Tag.Argument> arguments = new ArrayList<>(1);
  private final List<String> blockParameters = new ArrayList<>(0);
  private Tag.Kind kind = Tag.Kind.EXPRESSION;
  private String name = "";
  private Span nameSpan;

  /// Behind the braces and sigils.
  private int inside;

  private int at;
  private boolean named;

  private TagParts(String text, Words known, int from, int limit) {
    this.text = text;
    this.known = known;
    this.limit = limit;
    this.at = from;
    this.inside = from;
    this.nameSpan = Span.at(from);
  }

  /// Reads from behind the opening braces to behind the closing ones. A tag that is not closed
  /// before the next one or the end ends with its line.
  ///
  /// @param known those of the text
  static TagParts read(String text, Words known, int from, int limit, boolean triple) {
    TagParts parts = new TagParts(text, known, from, limit);
    parts.sigil();
    if (!parts.words(triple)) {
      parts.endAt(lineEnd(text, from, parts.at));
    }
    return parts;
  }

  /// Leaves out what was read behind the end.
  private void endAt(int end) {
    at = end;
    arguments.removeIf(argument -> argument.span().end() > end || argument.span().start() == end);
    if (nameSpan.end() > end) {
      name = "";
      nameSpan = Span.at(Math.min(inside, end));
    }
  }

  static int lineEnd(String text, int from, int limit) {
    int at = from;
    while (at < limit && text.charAt(at) != '\n' && text.charAt(at) != '\r') {
      at++;
    }
    return at;
  }

  Tag.Kind kind() {
    return kind;
  }

  String name() {
    return name;
  }

  int end() {
    return at;
  }

  /// The tag, not yet matched with another.
  Tag tag(int start) {
    return new Tag(kind, new Span(start, at), name, nameSpan, arguments, blockParameters, null);
  }

  private void sigil() {
    skipBlanks();
    if (at >= limit) {
      return;
    }
    switch (text.charAt(at)) {
      case '#' -> open(1);
      case '^' -> {
        kind = Tag.Kind.ELSE;
        at++;
      }
      case '/' -> {
        kind = Tag.Kind.CLOSE;
        at++;
      }
      case '>' -> {
        kind = Tag.Kind.PARTIAL;
        at++;
      }
      case '&' -> at++;
      default -> {}
    }
    skipBlanks();
    inside = Math.min(at, limit);
    nameSpan = Span.at(inside);
  }

  private void open(int sigils) {
    kind = Tag.Kind.OPEN;
    at += sigils;
    if (at < limit && (text.charAt(at) == '>' || text.charAt(at) == '*')) {
      at++;
    }
  }

  /// Reads words up to the closing braces; false if there are none.
  private boolean words(boolean triple) {
    String close = triple ? "}}}" : "}}";
    while (true) {
      skipBlanks();
      if (at >= limit) {
        return false;
      }
      if (text.startsWith("~" + close, at) || text.startsWith(close, at)) {
        at += close.length() + (text.charAt(at) == '~' ? 1 : 0);
        return true;
      }
      if (text.startsWith("{{", at)) {
        return false;
      }
      word(null);
    }
  }

  private void word(@Nullable String key) {
    int start = at;
    char c = text.charAt(at);
    if (c == '"' || c == '\'') {
      string(key, c);
      return;
    }
    if (c == '|') {
      at++;
      blockParameters();
      return;
    }
    if (isDelimiter(c) || (c == '~' && isWordEnd(at))) {
      at++;
      return;
    }
    while (at < limit && !isWordEnd(at)) {
      if (text.charAt(at) == '[') {
        int bracket = text.indexOf(']', at, limit);
        at = bracket < 0 ? at : bracket;
      }
      at++;
    }
    String word = known.of(start, at);
    if (key == null && at < limit && text.charAt(at) == '=') {
      at++;
      skipBlanks();
      if (at < limit && !text.startsWith("}}", at)) {
        word(word);
      }
      return;
    }
    add(key, new Span(start, at), word, isPath(word));
  }

  private void string(@Nullable String key, char quote) {
    int close = text.indexOf(quote, at + 1, limit);
    int stop = close < 0 ? lineEnd(text, at, limit) : close + 1;
    if (close < 0) {
      int braces = text.indexOf("}}", at, stop);
      stop = braces < 0 ? stop : braces;
    }
    String value = known.of(at + 1, close < 0 ? Math.max(at + 1, stop) : close);
    add(key, new Span(at, stop), value, false);
    at = Math.max(stop, at + 1);
  }

  private void blockParameters() {
    int close = text.indexOf('|', at, limit);
    if (close < 0) {
      return;
    }
    for (String parameter : text.substring(at, close).strip().split("\\s+", -1)) {
      blockParameters.add(parameter);
    }
    at = close + 1;
    // The word `as` before it is no argument.
    if (!arguments.isEmpty() && arguments.getLast().text().equals("as")) {
      arguments.removeLast();
    }
  }

  private void add(@Nullable String key, Span span, String word, boolean path) {
    if (named || key != null) {
      arguments.add(new Tag.Argument(key, span, word, path));
      return;
    }
    named = true;
    name = word;
    nameSpan = span;
    if (kind == Tag.Kind.EXPRESSION && word.equals("else")) {
      kind = Tag.Kind.ELSE;
    } else if (kind == Tag.Kind.ELSE) {
      kind = Tag.Kind.OPEN;
    }
  }

  private void skipBlanks() {
    while (at < limit && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private boolean isWordEnd(int index) {
    char c = text.charAt(index);
    return Character.isWhitespace(c)
        || isDelimiter(c)
        || c == '='
        || c == '|'
        || (c == '~' && text.startsWith("}}", index + 1));
  }

  private static boolean isDelimiter(char c) {
    return c == '(' || c == ')' || c == '{' || c == '}' || c == '"' || c == '\'';
  }

  private static boolean isPath(String word) {
    if (word.isEmpty() || word.equals("true") || word.equals("false")) {
      return false;
    }
    if (word.equals("null") || word.equals("undefined")) {
      return false;
    }
    char c = word.charAt(0);
    boolean number = Character.isDigit(c) || (c == '-' && word.length() > 1);
    return !number;
  }
}
