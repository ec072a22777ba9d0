package dev.promptls.template.jinja;

import dev.promptls.template.Range;
import dev.promptls.template.jinja.JinjaExpr.Arguments;
import dev.promptls.template.jinja.JinjaExpr.Named;
import dev.promptls.template.jinja.JinjaExpr.Pair;
import dev.promptls.template.jinja.Token.Kind;
import dev.promptls.template.python.Dialect;
import dev.promptls.template.run.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads what operators stand between: names, literals and brackets, with the attributes, items,
/// calls, filters and tests behind them.
final class OperandParser {
  /// Words that end a test's name when it has no parentheses.
  private static final Set<String> AFTER_TEST = Set.of("else", "or", "and");

  private final Tokens tokens;
  private final ExprParser expressions;
  private final boolean prompty;

  /// @param expressions reads what stands inside brackets
  OperandParser(Tokens tokens, ExprParser expressions, Dialect dialect) {
    this.tokens = tokens;
    this.expressions = expressions;
    this.prompty = dialect == Dialect.PROMPTY;
  }

  JinjaExpr primary() {
    Token token = tokens.current();
    Range range = token.range();
    return switch (token.kind()) {
      case NAME -> {
        tokens.next();
        yield name(token);
      }
      case STRING -> string();
      case NUMBER -> {
        tokens.next();
        yield new JinjaExpr.Literal(token.value(), range);
      }
      case OPERATOR -> bracketed(token);
      default -> throw tokens.unexpected("an expression");
    };
  }

  private JinjaExpr name(Token token) {
    return switch (token.text()) {
      case "null" ->
          prompty
              ? new JinjaExpr.Literal(null, token.range())
              : new JinjaExpr.Name("null", token.range());
      case "true", "True" -> new JinjaExpr.Literal(true, token.range());
      case "false", "False" -> new JinjaExpr.Literal(false, token.range());
      case "none", "None" -> new JinjaExpr.Literal(null, token.range());
      default -> new JinjaExpr.Name(token.text(), token.range());
    };
  }

  /// Strings one after the other are one string.
  private JinjaExpr string() {
    Range start = tokens.current().range();
    StringBuilder text = new StringBuilder();
    while (tokens.current().kind() == Kind.STRING) {
      text.append(tokens.next().text());
    }
    return new JinjaExpr.Literal(text.toString(), tokens.since(start));
  }

  private JinjaExpr bracketed(Token open) {
    int depth = tokens.depth();
    tokens.deeper();
    JinjaExpr result =
        switch (open.text()) {
          case "(" -> {
            tokens.next();
            JinjaExpr inner = expressions.grouped();
            tokens.expectOperator(")");
            yield inner;
          }
          case "[" -> list();
          case "{" -> map();
          default -> throw tokens.unexpected("an expression");
        };
    tokens.backTo(depth);
    return result;
  }

  private JinjaExpr list() {
    Range start = tokens.next().range();
    List<JinjaExpr> items = new ArrayList<>();
    while (!tokens.current().isOperator("]")) {
      items.add(expressions.expression());
      if (!tokens.skipOperator(",")) {
        break;
      }
    }
    tokens.expectOperator("]");
    return new JinjaExpr.ListOf(List.copyOf(items), tokens.since(start));
  }

  private JinjaExpr map() {
    Range start = tokens.next().range();
    List<Pair> pairs = new ArrayList<>();
    while (!tokens.current().isOperator("}")) {
      JinjaExpr key = expressions.expression();
      tokens.expectOperator(":");
      pairs.add(new Pair(key, expressions.expression()));
      if (!tokens.skipOperator(",")) {
        break;
      }
    }
    tokens.expectOperator("}");
    return new JinjaExpr.MapOf(List.copyOf(pairs), tokens.since(start));
  }

  /// Attributes, items and calls behind an expression.
  JinjaExpr postfix(JinjaExpr target) {
    JinjaExpr result = target;
    while (true) {
      Token token = tokens.current();
      if (token.isOperator(".")) {
        tokens.deeper();
        result = attribute(result);
      } else if (token.isOperator("[")) {
        tokens.deeper();
        result = item(result);
      } else if (token.isOperator("(")) {
        tokens.deeper();
        result = call(result);
      } else {
        return result;
      }
    }
  }

  private JinjaExpr attribute(JinjaExpr target) {
    tokens.next();
    Token name = tokens.current();
    if (name.kind() == Kind.NUMBER) {
      tokens.next();
      JinjaExpr index = new JinjaExpr.Literal(name.value(), name.range());
      return new JinjaExpr.Item(target, index, tokens.since(target.range()));
    }
    tokens.expectName();
    return new JinjaExpr.Attribute(target, name.text(), name.range(), tokens.since(target.range()));
  }

  private JinjaExpr item(JinjaExpr target) {
    Range open = tokens.next().range();
    List<JinjaExpr> indices = new ArrayList<>();
    do {
      indices.add(subscript());
    } while (tokens.skipOperator(","));
    tokens.expectOperator("]");
    JinjaExpr index =
        indices.size() == 1
            ? indices.getFirst()
            : new JinjaExpr.TupleOf(List.copyOf(indices), tokens.since(open));
    return new JinjaExpr.Item(target, index, tokens.since(target.range()));
  }

  private JinjaExpr subscript() {
    Range start = tokens.current().range();
    JinjaExpr from = null;
    if (!tokens.current().isOperator(":")) {
      from = expressions.expression();
      if (!tokens.current().isOperator(":")) {
        return from;
      }
    }
    tokens.expectOperator(":");
    JinjaExpr to =
        endsSubscript() || tokens.current().isOperator(":") ? null : expressions.expression();
    JinjaExpr step = tokens.skipOperator(":") && !endsSubscript() ? expressions.expression() : null;
    return new JinjaExpr.Slice(from, to, step, tokens.since(start));
  }

  private boolean endsSubscript() {
    return tokens.current().isOperator("]") || tokens.current().isOperator(",");
  }

  private JinjaExpr.Call call(JinjaExpr function) {
    Arguments arguments = arguments();
    return new JinjaExpr.Call(function, arguments, tokens.since(function.range()));
  }

  private Arguments arguments() {
    Range open = tokens.current().range();
    tokens.expectOperator("(");
    List<JinjaExpr> positional = new ArrayList<>();
    List<Named> named = new ArrayList<>();
    JinjaExpr spread = null;
    JinjaExpr spreadNamed = null;
    while (!tokens.current().isOperator(")")) {
      boolean last = spreadNamed != null;
      if (tokens.skipOperator("*")) {
        last |= spread != null;
        spread = expressions.expression();
      } else if (tokens.skipOperator("**")) {
        spreadNamed = expressions.expression();
      } else if (tokens.current().kind() == Kind.NAME && tokens.following().isOperator("=")) {
        String name = tokens.next().text();
        last |= named.stream().anyMatch(other -> other.name().equals(name));
        tokens.next();
        named.add(new Named(name, expressions.expression()));
      } else {
        last |= spread != null || !named.isEmpty();
        positional.add(expressions.expression());
      }
      if (last) {
        throw new Failure("The arguments of this call are out of order.", tokens.since(open));
      }
      if (!tokens.skipOperator(",")) {
        break;
      }
    }
    tokens.expectOperator(")");
    return new Arguments(List.copyOf(positional), List.copyOf(named), spread, spreadNamed);
  }

  /// Filters, tests and calls behind an expression.
  JinjaExpr filters(JinjaExpr input) {
    JinjaExpr result = input;
    while (true) {
      if (tokens.skipOperator("|")) {
        tokens.deeper();
        result = filter(result, result.range());
      } else if (tokens.skipName("is")) {
        tokens.deeper();
        result = test(result);
      } else if (tokens.current().isOperator("(")) {
        tokens.deeper();
        result = call(result);
      } else {
        return result;
      }
    }
  }

  /// The filters of a `filter` or `set` block, which work on its body.
  JinjaExpr.Filter filterChain() {
    Range start = tokens.current().range();
    int depth = tokens.depth();
    JinjaExpr.Filter result = filter(null, start);
    while (tokens.skipOperator("|")) {
      tokens.deeper();
      result = filter(result, start);
    }
    tokens.backTo(depth);
    return result;
  }

  private JinjaExpr.Filter filter(@Nullable JinjaExpr input, Range start) {
    Token name = dottedName();
    Arguments arguments = tokens.current().isOperator("(") ? arguments() : Arguments.NONE;
    return new JinjaExpr.Filter(input, name.text(), name.range(), arguments, tokens.since(start));
  }

  private Token dottedName() {
    Token first = tokens.expectName();
    StringBuilder name = new StringBuilder(first.text());
    while (tokens.skipOperator(".")) {
      name.append('.').append(tokens.expectName().text());
    }
    return new Token(Kind.NAME, name.toString(), tokens.since(first.range()));
  }

  private JinjaExpr test(JinjaExpr input) {
    boolean negated = tokens.skipName("not");
    Token name = dottedName();
    Arguments arguments = Arguments.NONE;
    Token token = tokens.current();
    if (token.isOperator("(")) {
      arguments = arguments();
    } else if (startsTestArgument(token)) {
      if (token.isName("is")) {
        throw new Failure("Tests cannot be chained with 'is'; join them by 'and'.", token.range());
      }
      arguments = new Arguments(List.of(postfix(primary())), List.of(), null, null);
    }
    Range range = tokens.since(input.range());
    JinjaExpr test = new JinjaExpr.Test(input, name.text(), name.range(), arguments, range);
    return negated ? new JinjaExpr.Unary("not", test, range) : test;
  }

  private static boolean startsTestArgument(Token token) {
    return switch (token.kind()) {
      case STRING, NUMBER -> true;
      case NAME -> !AFTER_TEST.contains(token.text());
      case OPERATOR -> token.isOperator("[") || token.isOperator("{");
      default -> false;
    };
  }
}
