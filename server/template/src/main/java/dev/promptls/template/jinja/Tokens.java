package dev.promptls.template.jinja;

import dev.promptls.template.Range;
import dev.promptls.template.jinja.Token.Kind;
import dev.promptls.template.run.Failure;
import org.jspecify.annotations.Nullable;

/// The tokens of a template as both parsers read them, and how deep they have gone.
final class Tokens {
  /// Constructs inside constructs; a chain such as `a + b + c` counts by its length, since its tree
  /// is as deep as it is long.
  private static final int DEPTH = 400;

  private final Lexer lexer;
  private Token previous;
  private Token current;

  /// The token after the current one, once somebody has asked for it.
  private @Nullable Token following;

  private int depth;

  Tokens(Lexer lexer) {
    this.lexer = lexer;
    this.current = lexer.next();
    this.previous = current;
  }

  Token current() {
    return current;
  }

  Token following() {
    Token token = following == null ? lexer.next() : following;
    following = token;
    return token;
  }

  Token next() {
    Token token = current;
    if (token.kind() != Kind.END) {
      previous = token;
      current = following();
      following = null;
    }
    return token;
  }

  /// The token before the current one.
  Token previous() {
    return previous;
  }

  boolean skipName(String name) {
    return skip(current().isName(name));
  }

  boolean skipOperator(String operator) {
    return skip(current().isOperator(operator));
  }

  private boolean skip(boolean matches) {
    if (matches) {
      next();
    }
    return matches;
  }

  Token expectName() {
    return expect(Kind.NAME, "a name");
  }

  Token expect(Kind kind, String description) {
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
    Token found = current();
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
