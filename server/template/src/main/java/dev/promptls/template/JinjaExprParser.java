package dev.promptls.template;

import dev.promptls.template.JinjaExpr.Arguments;
import dev.promptls.template.JinjaExpr.Named;
import dev.promptls.template.JinjaExpr.Operand;
import dev.promptls.template.JinjaExpr.Pair;
import dev.promptls.template.JinjaToken.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Reads expressions, with the precedences of Jinja2.
final class JinjaExprParser {
  private static final Set<String> COMPARISONS = Set.of("==", "!=", "<", "<=", ">", ">=");

  /// Words that end a test's name when it has no parentheses.
  private static final Set<String> AFTER_TEST = Set.of("else", "or", "and");

  private final JinjaTokens tokens;
  private final boolean prompty;

  JinjaExprParser(JinjaTokens tokens, Jinja.Dialect dialect) {
    this.tokens = tokens;
    this.prompty = dialect == Jinja.Dialect.PROMPTY;
  }

  JinjaExpr expression() {
    int depth = tokens.depth();
    tokens.deeper();
    JinjaExpr result = or();
    while (tokens.skipName("if")) {
      tokens.deeper();
      JinjaExpr test = or();
      JinjaExpr otherwise = tokens.skipName("else") ? expression() : null;
      result = new JinjaExpr.Conditional(test, result, otherwise, tokens.since(result.range()));
    }
    tokens.backTo(depth);
    return result;
  }

  /// Expressions with commas between them are a tuple.
  ///
  /// @param conditional whether `a if b` is read as one expression
  /// @param stop a word that ends the tuple, empty for none
  JinjaExpr tuple(boolean conditional, String stop) {
    return tuple(conditional ? this::expression : this::or, stop, false);
  }

  private JinjaExpr tuple(Supplier<JinjaExpr> element, String stop, boolean mayBeEmpty) {
    Range start = tokens.current().range();
    List<JinjaExpr> items = new ArrayList<>();
    boolean comma = false;
    while (!endsTuple(stop)) {
      items.add(element.get());
      if (!tokens.skipOperator(",")) {
        break;
      }
      comma = true;
    }
    if (!comma && !items.isEmpty()) {
      return items.getFirst();
    }
    if (items.isEmpty() && !mayBeEmpty) {
      throw tokens.unexpected("an expression");
    }
    return new JinjaExpr.TupleOf(List.copyOf(items), tokens.since(start));
  }

  private boolean endsTuple(String stop) {
    JinjaToken token = tokens.current();
    return switch (token.kind()) {
      case PRINT_END, TAG_END -> true;
      case OPERATOR -> token.isOperator(")");
      case NAME -> token.isName(stop);
      default -> false;
    };
  }

  /// What `for`, `set` and `with` assign to.
  ///
  /// @param stop a word that ends the target, empty for none
  /// @param attributes whether `name.attribute` is allowed, for namespaces
  JinjaExpr target(String stop, boolean attributes) {
    JinjaExpr target = tuple(() -> targetPart(attributes), stop, false);
    if (!assignable(target)) {
      throw new Failure("A value cannot be assigned to this; name a variable.", target.range());
    }
    return target;
  }

  private JinjaExpr targetPart(boolean attributes) {
    JinjaExpr part = primary();
    if (attributes && part instanceof JinjaExpr.Name && tokens.skipOperator(".")) {
      JinjaToken name = tokens.expectName();
      return new JinjaExpr.Attribute(part, name.text(), name.range(), tokens.since(part.range()));
    }
    return part;
  }

  private static boolean assignable(JinjaExpr target) {
    return switch (target) {
      case JinjaExpr.Name n -> true;
      case JinjaExpr.Attribute a -> true;
      case JinjaExpr.TupleOf t ->
          !t.items().isEmpty() && t.items().stream().allMatch(JinjaExprParser::assignable);
      default -> false;
    };
  }

  private JinjaExpr or() {
    return chain(this::and, () -> word("or"));
  }

  private JinjaExpr and() {
    return chain(this::not, () -> word("and"));
  }

  private @Nullable String word(String word) {
    return tokens.skipName(word) ? word : null;
  }

  private @Nullable String operator(String... operators) {
    for (String operator : operators) {
      if (tokens.skipOperator(operator)) {
        return operator;
      }
    }
    return null;
  }

  /// Operands with operators of one precedence between them, grouped from the left.
  private JinjaExpr chain(Supplier<JinjaExpr> operand, Supplier<@Nullable String> operator) {
    int depth = tokens.depth();
    JinjaExpr left = operand.get();
    for (String found = operator.get(); found != null; found = operator.get()) {
      tokens.deeper();
      JinjaExpr right = operand.get();
      left = new JinjaExpr.Binary(found, left, right, tokens.since(left.range()));
    }
    tokens.backTo(depth);
    return left;
  }

  private JinjaExpr not() {
    Range start = tokens.current().range();
    if (!tokens.skipName("not")) {
      return comparison();
    }
    int depth = tokens.depth();
    tokens.deeper();
    JinjaExpr operand = not();
    tokens.backTo(depth);
    return new JinjaExpr.Unary("not", operand, tokens.since(start));
  }

  private JinjaExpr comparison() {
    JinjaExpr first = sum();
    List<Operand> rest = new ArrayList<>();
    while (true) {
      JinjaToken token = tokens.current();
      String operator = token.text();
      if (token.kind() == Kind.OPERATOR && COMPARISONS.contains(operator)) {
        tokens.next();
      } else if (tokens.skipName("in")) {
        operator = "in";
      } else if (token.isName("not") && tokens.following().isName("in")) {
        tokens.next();
        tokens.next();
        operator = "not in";
      } else {
        break;
      }
      rest.add(new Operand(operator, sum()));
    }
    return rest.isEmpty()
        ? first
        : new JinjaExpr.Comparison(first, List.copyOf(rest), tokens.since(first.range()));
  }

  private JinjaExpr sum() {
    return chain(this::concatenation, () -> operator("+", "-"));
  }

  private JinjaExpr concatenation() {
    JinjaExpr first = product();
    if (!tokens.current().isOperator("~")) {
      return first;
    }
    List<JinjaExpr> parts = new ArrayList<>(List.of(first));
    while (tokens.skipOperator("~")) {
      parts.add(product());
    }
    return new JinjaExpr.Concatenation(List.copyOf(parts), tokens.since(first.range()));
  }

  private JinjaExpr product() {
    return chain(this::power, () -> operator("*", "/", "//", "%"));
  }

  private JinjaExpr power() {
    return chain(() -> unary(true), () -> operator("**"));
  }

  private JinjaExpr unary(boolean filters) {
    int depth = tokens.depth();
    Range start = tokens.current().range();
    String sign = operator("-", "+");
    JinjaExpr result;
    if (sign == null) {
      result = primary();
    } else {
      tokens.deeper();
      JinjaExpr operand = unary(false);
      result = new JinjaExpr.Unary(sign, operand, tokens.since(start));
    }
    result = postfix(result);
    if (filters) {
      result = filters(result);
    }
    tokens.backTo(depth);
    return result;
  }

  private JinjaExpr primary() {
    JinjaToken token = tokens.current();
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

  private JinjaExpr name(JinjaToken token) {
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

  private JinjaExpr bracketed(JinjaToken open) {
    int depth = tokens.depth();
    tokens.deeper();
    JinjaExpr result =
        switch (open.text()) {
          case "(" -> {
            tokens.next();
            JinjaExpr inner = tuple(this::expression, "", true);
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
      items.add(expression());
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
      JinjaExpr key = expression();
      tokens.expectOperator(":");
      pairs.add(new Pair(key, expression()));
      if (!tokens.skipOperator(",")) {
        break;
      }
    }
    tokens.expectOperator("}");
    return new JinjaExpr.MapOf(List.copyOf(pairs), tokens.since(start));
  }

  /// Attributes, items and calls behind an expression.
  private JinjaExpr postfix(JinjaExpr target) {
    JinjaExpr result = target;
    while (true) {
      JinjaToken token = tokens.current();
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
    JinjaToken name = tokens.current();
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
      from = expression();
      if (!tokens.current().isOperator(":")) {
        return from;
      }
    }
    tokens.expectOperator(":");
    JinjaExpr to = endsSubscript() || tokens.current().isOperator(":") ? null : expression();
    JinjaExpr step = tokens.skipOperator(":") && !endsSubscript() ? expression() : null;
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
        spread = expression();
      } else if (tokens.skipOperator("**")) {
        spreadNamed = expression();
      } else if (tokens.current().kind() == Kind.NAME && tokens.following().isOperator("=")) {
        String name = tokens.next().text();
        tokens.next();
        named.add(new Named(name, expression()));
      } else {
        last |= spread != null || !named.isEmpty();
        positional.add(expression());
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
  private JinjaExpr filters(JinjaExpr input) {
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
    JinjaToken name = dottedName();
    Arguments arguments = tokens.current().isOperator("(") ? arguments() : Arguments.NONE;
    return new JinjaExpr.Filter(input, name.text(), name.range(), arguments, tokens.since(start));
  }

  private JinjaToken dottedName() {
    JinjaToken first = tokens.expectName();
    StringBuilder name = new StringBuilder(first.text());
    while (tokens.skipOperator(".")) {
      name.append('.').append(tokens.expectName().text());
    }
    return new JinjaToken(Kind.NAME, name.toString(), tokens.since(first.range()));
  }

  private JinjaExpr test(JinjaExpr input) {
    boolean negated = tokens.skipName("not");
    JinjaToken name = dottedName();
    Arguments arguments = Arguments.NONE;
    JinjaToken token = tokens.current();
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

  private static boolean startsTestArgument(JinjaToken token) {
    return switch (token.kind()) {
      case STRING, NUMBER -> true;
      case NAME -> !AFTER_TEST.contains(token.text());
      case OPERATOR -> token.isOperator("[") || token.isOperator("{");
      default -> false;
    };
  }
}
