package dev.promptls.template;

import dev.promptls.template.JinjaToken.Kind;
import org.jspecify.annotations.Nullable;

/// The tokens of a template as both parsers read them, and how deep they have gone.
final class JinjaTokens {
  /// Constructs inside constructs; a chain such as `a + b + c` counts by its length, since its tree
  /// is as deep as it is long.
  private static final int DEPTH = 400;

  private final JinjaLexer lexer;
  private JinjaToken previous;
  private JinjaToken current;

  /// The token after the current one, once somebody has asked for it.
  private @Nullable JinjaToken following;

  private int depth;

  JinjaTokens(JinjaLexer lexer) {
    this.lexer = lexer;
    this.current = lexer.next();
    this.previous = current;
  }

  JinjaToken current() {
    return current;
  }

  JinjaToken following() {
    JinjaToken token = following == null ? lexer.next() : following;
    following = token;
    return token;
  }

  JinjaToken next() {
    JinjaToken token = current;
    if (token.kind() != Kind.END) {
      previous = token;
      current = following();
      following = null;
    }
    return token;
  }

  /// The token before the current one.
  JinjaToken previous() {
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
