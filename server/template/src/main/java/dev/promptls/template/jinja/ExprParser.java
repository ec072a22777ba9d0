package dev.promptls.template.jinja;

import dev.promptls.template.Range;
import dev.promptls.template.jinja.JinjaExpr.Operand;
import dev.promptls.template.jinja.Token.Kind;
import dev.promptls.template.python.Dialect;
import dev.promptls.template.run.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Reads expressions: operators with the precedences of Jinja2, between the operands that
/// [OperandParser] reads.
final class ExprParser {
  private static final Set<String> COMPARISONS = Set.of("==", "!=", "<", "<=", ">", ">=");

  private final Tokens tokens;
  private final OperandParser operands;

  ExprParser(Tokens tokens, Dialect dialect) {
    this.tokens = tokens;
    this.operands = new OperandParser(tokens, this, dialect);
  }

  /// The filters of a `filter` or `set` block, which work on its body.
  JinjaExpr.Filter filterChain() {
    return operands.filterChain();
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

  /// What stands between parentheses.
  JinjaExpr grouped() {
    return tuple(this::expression, "", true);
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
    Token token = tokens.current();
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
    JinjaExpr part = operands.primary();
    if (attributes && part instanceof JinjaExpr.Name && tokens.skipOperator(".")) {
      Token name = tokens.expectName();
      return new JinjaExpr.Attribute(part, name.text(), name.range(), tokens.since(part.range()));
    }
    return part;
  }

  private static boolean assignable(JinjaExpr target) {
    return switch (target) {
      case JinjaExpr.Name n -> true;
      case JinjaExpr.Attribute a -> true;
      case JinjaExpr.TupleOf t ->
          !t.items().isEmpty() && t.items().stream().allMatch(ExprParser::assignable);
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
      Token token = tokens.current();
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
      result = operands.primary();
    } else {
      tokens.deeper();
      JinjaExpr operand = unary(false);
      result = new JinjaExpr.Unary(sign, operand, tokens.since(start));
    }
    result = operands.postfix(result);
    if (filters) {
      result = operands.filters(result);
    }
    tokens.backTo(depth);
    return result;
  }
}
