package dev.promptls.template;

import dev.promptls.template.JinjaToken.Kind;
import java.util.List;

/// The tokens of a template as both parsers read them, and how deep they have gone.
final class JinjaTokens {
  /// Constructs inside constructs; a chain such as `a + b + c` counts by its length, since its tree
  /// is as deep as it is long.
  private static final int DEPTH = 400;

  private final List<JinjaToken> tokens;
  private int at;
  private int depth;

  JinjaTokens(List<JinjaToken> tokens) {
    this.tokens = tokens;
  }

  JinjaToken current() {
    return tokens.get(at);
  }

  JinjaToken following() {
    return tokens.get(Math.min(at + 1, tokens.size() - 1));
  }

  JinjaToken next() {
    JinjaToken token = tokens.get(at);
    if (token.kind() != Kind.END) {
      at++;
    }
    return token;
  }

  /// The token before the current one.
  JinjaToken previous() {
    return tokens.get(Math.max(0, at - 1));
  }

  boolean skipName(String name) {
    return skip(current().isName(name));
  }

  boolean skipOperator(String operator) {
    return skip(current().isOperator(operator));
  }

  private boolean skip(boolean matches) {
    if (matches) {
      at++;
    }
    return matches;
  }

  JinjaToken expectName() {
    return expect(Kind.NAME, "a name");
  }

  JinjaToken expect(Kind kind, String description) {
    if (current().kind() != kind) {
      throw unexpected(description);
    }
    return next();
  }

  void expectOperator(String operator) {
    if (!skipOperator(operator)) {
      throw unexpected("'" + operator + "'");
    }
  }

  void expectKeyword(String name) {
    if (!skipName(name)) {
      throw unexpected("'" + name + "'");
    }
  }

  Failure unexpected(String expected) {
    JinjaToken found = current();
    return new Failure(
        "Expected " + expected + " but found " + found.describe() + ".", found.range());
  }

  /// From the start of a token to the end of the last one read.
  Range since(Range start) {
    return new Range(start.start(), Math.max(start.start(), previous().range().end()));
  }

  int depth() {
    return depth;
  }

  void deeper() {
    if (++depth > DEPTH) {
      throw new Failure(
          "The template is nested more than " + DEPTH + " deep here; flatten it.",
          current().range());
    }
  }

  /// Back to a depth that [#depth] gave.
  void backTo(int depth) {
    this.depth = depth;
  }
}
