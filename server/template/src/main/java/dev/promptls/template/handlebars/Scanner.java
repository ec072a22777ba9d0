package dev.promptls.template.handlebars;

import dev.promptls.template.Range;
import dev.promptls.template.Words;
import dev.promptls.template.run.Failure;
import dev.promptls.template.run.Meter;

/// The place in a template that the parsers have come to, and what they ask of the characters.
final class Scanner {
  private static final int DEPTH = 400;

  private final String source;
  private final Meter meter;
  private final Words words;
  private int at;
  private int depth;

  Scanner(String source, Meter meter) {
    this.source = source;
    this.meter = meter;
    this.words = new Words(source);
  }

  /// Begins with a tag, a text, or an operand in a tag.
  void begin() {
    meter.token(at);
  }

  int at() {
    return at;
  }

  void moveTo(int place) {
    at = place;
  }

  boolean atEnd() {
    return at >= source.length();
  }

  char peek() {
    return peek(0);
  }

  char peek(int ahead) {
    return at + ahead < source.length() ? source.charAt(at + ahead) : '\0';
  }

  String text(int from) {
    return words.of(from, at);
  }

  Range since(int start) {
    return new Range(start, Math.max(start, at));
  }

  boolean skip(char c) {
    if (peek() == c && !atEnd()) {
      at++;
      return true;
    }
    return false;
  }

  void space() {
    while (!atEnd() && Whitespace.isSpace(peek())) {
      at++;
    }
  }

  void expect(char c) {
    if (!skip(c)) {
      throw unexpected("'" + c + "'");
    }
  }

  Failure unexpected(String expected) {
    if (atEnd()) {
      return new Failure(
          "Expected " + expected + " but the template ends.",
          new Range(source.length(), source.length()));
    }
    int end = source.offsetByCodePoints(at, 1);
    return new Failure(
        "Expected " + expected + " but found '" + source.substring(at, end) + "'.",
        new Range(at, end));
  }

  /// Whether a tag ends here.
  boolean atClose() {
    return source.startsWith("}}", at) || source.startsWith("~}}", at);
  }

  /// Reads the end of a tag.
  ///
  /// @return whether it has a `~`
  boolean close() {
    space();
    if (source.startsWith("}}}", at)) {
      throw new Failure("There is a brace too many here.", new Range(at, at + 3));
    }
    return closeBraces();
  }

  /// Reads `}}`, whatever stands behind it.
  boolean closeBraces() {
    if (!atClose()) {
      throw unexpected("'}}'");
    }
    boolean tilde = skip('~');
    at += 2;
    return tilde;
  }

  /// Reads the word `else`, after white space.
  boolean skipElse() {
    int start = at;
    space();
    char after = at + 4 < source.length() ? source.charAt(at + 4) : '}';
    if (source.startsWith("else", at)
        && (Whitespace.isSpace(after) || after == '}' || after == '~')) {
      at += 4;
      return true;
    }
    at = start;
    return false;
  }

  void deeper() {
    if (++depth > DEPTH) {
      throw new Failure(
          "The template is nested more than " + DEPTH + " deep here; flatten it.",
          new Range(at, at));
    }
  }

  void shallower() {
    depth--;
  }
}
