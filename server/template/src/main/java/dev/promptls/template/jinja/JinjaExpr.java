package dev.promptls.template.jinja;

import dev.promptls.template.Range;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An expression of a Jinja template, with its range.
public sealed interface JinjaExpr {
  Range range();

  /// `'text'`, `12`, `1.5`, `true`, `none`.
  ///
  /// @param value a string, Long, BigInteger, Double, Boolean or null
  record Literal(@Nullable Object value, Range range) implements JinjaExpr {}

  /// A variable.
  record Name(String name, Range range) implements JinjaExpr {}

  /// `target.name`
  ///
  /// @param nameRange of the name alone
  record Attribute(JinjaExpr target, String name, Range nameRange, Range range)
      implements JinjaExpr {}

  /// `target[index]`
  record Item(JinjaExpr target, JinjaExpr index, Range range) implements JinjaExpr {}

  /// `from:to:step` inside brackets.
  record Slice(
      @Nullable JinjaExpr from, @Nullable JinjaExpr to, @Nullable JinjaExpr step, Range range)
      implements JinjaExpr {}

  /// `function(arguments)`
  record Call(JinjaExpr function, Arguments arguments, Range range) implements JinjaExpr {}

  /// `input | name(arguments)`
  ///
  /// @param input null at the head of a `filter` block's chain
  record Filter(
      @Nullable JinjaExpr input, String name, Range nameRange, Arguments arguments, Range range)
      implements JinjaExpr {}

  /// `input is name(arguments)`
  record Test(JinjaExpr input, String name, Range nameRange, Arguments arguments, Range range)
      implements JinjaExpr {}

  /// `not`, `-`, `+`
  record Unary(String operator, JinjaExpr operand, Range range) implements JinjaExpr {}

  /// `and`, `or`, and arithmetic.
  record Binary(String operator, JinjaExpr left, JinjaExpr right, Range range)
      implements JinjaExpr {}

  /// `a < b <= c`: comparisons in a chain, also `in` and `not in`.
  record Comparison(JinjaExpr first, List<Operand> rest, Range range) implements JinjaExpr {}

  /// An operator of a [Comparison] with what stands right of it.
  record Operand(String operator, JinjaExpr value) {}

  /// `a ~ b ~ c`
  record Concatenation(List<JinjaExpr> parts, Range range) implements JinjaExpr {}

  /// `then if test else otherwise`
  record Conditional(JinjaExpr test, JinjaExpr then, @Nullable JinjaExpr otherwise, Range range)
      implements JinjaExpr {}

  /// `[a, b]`
  record ListOf(List<JinjaExpr> items, Range range) implements JinjaExpr {}

  /// `(a, b)`; as an assignment's target, `a, b`.
  record TupleOf(List<JinjaExpr> items, Range range) implements JinjaExpr {}

  /// `{key: value}`
  record MapOf(List<Pair> pairs, Range range) implements JinjaExpr {}

  record Pair(JinjaExpr key, JinjaExpr value) {}

  /// What a call, filter or test is given.
  ///
  /// @param spread the expression after `*`
  /// @param spreadNamed the expression after `**`
  record Arguments(
      List<JinjaExpr> positional,
      List<Named> named,
      @Nullable JinjaExpr spread,
      @Nullable JinjaExpr spreadNamed) {
    static final Arguments NONE = new Arguments(List.of(), List.of(), null, null);
  }

  record Named(String name, JinjaExpr value) {}
}
