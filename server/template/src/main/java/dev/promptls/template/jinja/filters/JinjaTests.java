package dev.promptls.template.jinja.filters;

import dev.promptls.template.python.Arguments;
import dev.promptls.template.python.Bound;
import dev.promptls.template.python.Callable;
import dev.promptls.template.python.Casing;
import dev.promptls.template.python.Generator;
import dev.promptls.template.python.IntegerRange;
import dev.promptls.template.python.Loop;
import dev.promptls.template.python.MapView;
import dev.promptls.template.python.Markup;
import dev.promptls.template.python.Python;
import dev.promptls.template.python.PythonText;
import dev.promptls.template.python.Tuple;
import dev.promptls.template.run.Failure;
import dev.promptls.template.run.Meter;
import dev.promptls.template.run.Numbers;
import dev.promptls.template.run.Undefined;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The tests that stand behind `is`.
public final class JinjaTests {
  /// Tests that compare with another value.
  private static final Set<String> RELATIONS =
      Set.of(
          "divisibleby",
          "sameas",
          "in",
          "==",
          "eq",
          "equalto",
          "!=",
          "ne",
          ">",
          "gt",
          "greaterthan",
          "ge",
          ">=",
          "<",
          "lt",
          "lessthan",
          "<=",
          "le");

  private static final Set<String> PROPERTIES =
      Set.of(
          "odd",
          "even",
          "defined",
          "undefined",
          "filter",
          "test",
          "none",
          "boolean",
          "false",
          "true",
          "integer",
          "float",
          "lower",
          "upper",
          "string",
          "mapping",
          "number",
          "sequence",
          "iterable",
          "callable",
          "escaped");

  private final Python python;
  private final PythonText text;
  private final Casing casing;

  public JinjaTests(Meter meter, Python python, PythonText text) {
    this.text = text;
    this.python = python;
    this.casing = new Casing(meter);
  }

  static boolean isTest(String name) {
    return RELATIONS.contains(name) || PROPERTIES.contains(name);
  }

  public boolean apply(String name, @Nullable Object value, Arguments arguments) {
    if (RELATIONS.contains(name)) {
      return relation(name, value, Bound.of(name, arguments, "other").required("other"));
    }
    if (PROPERTIES.contains(name)) {
      Bound.of(name, arguments);
      return property(name, value);
    }
    throw new Failure("There is no test '" + name + "'.");
  }

  private boolean relation(String name, @Nullable Object value, @Nullable Object other) {
    return switch (name) {
      case "divisibleby" -> remainder(name, value, other) == 0;
      case "sameas" -> same(value, other);
      case "in" -> python.contains(other, value);
      case "==", "eq", "equalto" -> python.equal(value, other);
      case "!=", "ne" -> !python.equal(value, other);
      case ">", "gt", "greaterthan" -> python.ordered(value, ">", other);
      case ">=", "ge" -> python.ordered(value, ">=", other);
      case "<", "lt", "lessthan" -> python.ordered(value, "<", other);
      default -> python.ordered(value, "<=", other);
    };
  }

  private boolean property(String name, @Nullable Object value) {
    return switch (name) {
      case "odd" -> remainder(name, value, 2L) == 1;
      case "even" -> remainder(name, value, 2L) == 0;
      case "defined" -> !(value instanceof Undefined);
      case "undefined" -> value instanceof Undefined;
      case "filter" -> python.key(value) instanceof String s && Filters.NAMES.contains(s);
      case "test" -> python.key(value) instanceof String s && isTest(s);
      case "none" -> value == null;
      case "boolean" -> value instanceof Boolean;
      case "true" -> value instanceof Boolean b && b;
      case "false" -> value instanceof Boolean b && !b;
      case "integer" -> Numbers.isInteger(value) && !(value instanceof Boolean);
      case "float" -> value instanceof Double;
      case "number" -> Numbers.isNumber(value);
      case "string" -> Markup.plain(value) instanceof String;
      case "lower" -> casing.isLower(text.of(value));
      case "upper" -> casing.isUpper(text.of(value));
      case "mapping" -> value instanceof Map;
      case "sequence" -> isSequence(value);
      case "iterable" ->
          isSequence(value)
              || value instanceof Generator
              || value instanceof MapView
              || value instanceof Loop;
      case "callable" -> value instanceof Callable || value instanceof Undefined;
      default -> value instanceof Markup;
    };
  }

  private static boolean isSequence(@Nullable Object value) {
    return Markup.plain(value) instanceof String
        || value instanceof List
        || value instanceof Map
        || value instanceof Tuple
        || value instanceof IntegerRange
        || value instanceof Undefined;
  }

  @SuppressWarnings("ReferenceEquality") // Identity is what `sameas` asks for.
  private static boolean same(@Nullable Object a, @Nullable Object b) {
    return a == b
        || (a instanceof Boolean && a.equals(b))
        || (a instanceof Long && a.equals(b))
        || (a instanceof String && a.equals(b));
  }

  private static double remainder(String name, @Nullable Object value, @Nullable Object divisor) {
    if (value == null
        || divisor == null
        || !Numbers.isNumber(value)
        || !Numbers.isNumber(divisor)) {
      throw Python.undefined(
          value,
          divisor,
          () -> "'" + name + "' needs a number but got '" + Python.typeName(value) + "'.");
    }
    return Numbers.toDouble(Numbers.apply("%", value, divisor));
  }
}
