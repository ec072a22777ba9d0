package dev.promptls.template.jinja;

import dev.promptls.template.jinja.filters.Filters;
import dev.promptls.template.jinja.filters.JinjaTests;
import dev.promptls.template.python.Arguments;
import dev.promptls.template.python.Callable;
import dev.promptls.template.python.Dialect;
import dev.promptls.template.python.Html;
import dev.promptls.template.python.Markup;
import dev.promptls.template.python.Namespace;
import dev.promptls.template.python.Python;
import dev.promptls.template.python.PythonText;
import dev.promptls.template.python.Tuple;
import dev.promptls.template.python.operations.Members;
import dev.promptls.template.python.operations.Operators;
import dev.promptls.template.run.Failure;
import dev.promptls.template.run.Meter;
import dev.promptls.template.run.Numbers;
import dev.promptls.template.run.Undefined;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Computes expressions.
final class Evaluator {
  private final Meter meter;
  private final Python python;
  private final boolean prompty;
  private final Map<String, Callable> functions;
  private final Filters filters;
  private final JinjaTests tests;
  private final Members members;
  private final Operators operators;
  private final PythonText text;
  private final Html html;

  Evaluator(Jinja.Options options, Meter meter, PythonText text, Html html) {
    this.meter = meter;
    this.text = text;
    this.html = html;
    this.python = new Python(meter);
    this.prompty = options.dialect() == Dialect.PROMPTY;
    this.members = new Members(meter, python, text, html, options.dialect());
    this.operators = new Operators(meter, python, text, html, prompty);
    this.tests = new JinjaTests(meter, python, text);
    this.filters = new Filters(meter, python, text, members, tests, html, options.dialect());
    this.functions = Functions.of(options, python);
  }

  @Nullable Object value(JinjaExpr expression, Scope scope) {
    meter.enterExpression();
    try {
      Object value = compute(expression, scope);
      meter.leaveExpression();
      return value;
    } catch (Failure failure) {
      throw failure.at("", expression.range());
    }
  }

  private @Nullable Object compute(JinjaExpr expression, Scope scope) {
    return switch (expression) {
      case JinjaExpr.Literal l -> l.value();
      case JinjaExpr.Name n -> scope.find(n.name(), this::function);
      case JinjaExpr.Attribute a -> members.attribute(value(a.target(), scope), a.name());
      case JinjaExpr.Item i -> item(i, scope);
      case JinjaExpr.Slice s -> throw new Failure("A slice stands only inside brackets.");
      case JinjaExpr.Call c -> call(c, scope, Map.of());
      case JinjaExpr.Filter f -> filter(f, value(input(f), scope), scope);
      case JinjaExpr.Test t -> test(t, scope);
      case JinjaExpr.Unary u -> operators.unary(u.operator(), value(u.operand(), scope));
      case JinjaExpr.Binary b -> binary(b, scope);
      case JinjaExpr.Comparison c -> comparison(c, scope);
      case JinjaExpr.Concatenation c -> concatenation(c, scope);
      case JinjaExpr.Conditional c -> conditional(c, scope);
      case JinjaExpr.ListOf l -> values(l.items(), scope);
      case JinjaExpr.TupleOf t -> new Tuple(values(t.items(), scope));
      case JinjaExpr.MapOf m -> map(m, scope);
    };
  }

  private static JinjaExpr input(JinjaExpr.Filter filter) {
    JinjaExpr input = filter.input();
    if (input == null) {
      throw new Failure("The filter '" + filter.name() + "' has no input.");
    }
    return input;
  }

  private Object function(String name) {
    Callable function = functions.get(name);
    return function != null ? function : Undefined.variable(name);
  }

  private @Nullable Object item(JinjaExpr.Item node, Scope scope) {
    Object target = value(node.target(), scope);
    if (node.index() instanceof JinjaExpr.Slice slice) {
      return members.slice(
          target, part(slice.from(), scope), part(slice.to(), scope), part(slice.step(), scope));
    }
    return members.item(target, value(node.index(), scope));
  }

  private @Nullable Object part(@Nullable JinjaExpr part, Scope scope) {
    return part == null ? null : value(part, scope);
  }

  private @Nullable Object binary(JinjaExpr.Binary node, Scope scope) {
    Object left = value(node.left(), scope);
    return switch (node.operator()) {
      case "and" -> Python.truth(left) ? value(node.right(), scope) : left;
      case "or" -> Python.truth(left) ? left : value(node.right(), scope);
      default -> operators.binary(node.operator(), left, value(node.right(), scope));
    };
  }

  private boolean comparison(JinjaExpr.Comparison node, Scope scope) {
    Object left = value(node.first(), scope);
    for (JinjaExpr.Operand operand : node.rest()) {
      Object right = value(operand.value(), scope);
      if (!operators.compare(operand.operator(), left, right)) {
        return false;
      }
      left = right;
    }
    return true;
  }

  private Object concatenation(JinjaExpr.Concatenation node, Scope scope) {
    StringBuilder out = new StringBuilder();
    List<@Nullable Object> parts = values(node.parts(), scope);
    // Only automatic escaping looks whether a part is HTML.
    boolean isHtml = html.automatic() && parts.stream().anyMatch(Markup.class::isInstance);
    for (Object part : parts) {
      out.append(meter.made(isHtml ? html.escape(part).text() : text.of(part)));
    }
    return isHtml ? new Markup(out.toString()) : out.toString();
  }

  private @Nullable Object conditional(JinjaExpr.Conditional node, Scope scope) {
    if (Python.truth(value(node.test(), scope))) {
      return value(node.then(), scope);
    }
    JinjaExpr otherwise = node.otherwise();
    return otherwise == null
        ? new Undefined("The condition is false and there is no 'else'.")
        : value(otherwise, scope);
  }

  private List<@Nullable Object> values(List<JinjaExpr> expressions, Scope scope) {
    List<@Nullable Object> values = new ArrayList<>(expressions.size());
    for (JinjaExpr expression : expressions) {
      values.add(value(expression, scope));
    }
    return values;
  }

  private Map<@Nullable Object, @Nullable Object> map(JinjaExpr.MapOf node, Scope scope) {
    Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>();
    for (JinjaExpr.Pair pair : node.pairs()) {
      map.put(python.key(value(pair.key(), scope)), value(pair.value(), scope));
    }
    return map;
  }

  private boolean test(JinjaExpr.Test node, Scope scope) {
    // An undefined function is no reason to fail for a test that asks whether it is defined.
    Object input = value(node.input(), scope);
    return tests.apply(node.name(), input, arguments(node.arguments(), scope));
  }

  /// Calls what a call names.
  ///
  /// @param added named arguments beside those of the call
  @Nullable Object call(
      JinjaExpr.Call node, Scope scope, Map<String, ? extends @Nullable Object> added) {
    Object function = value(node.function(), scope);
    if (!(function instanceof Callable callable)) {
      throw Python.undefined(
          function,
          null,
          () -> "A value of type '" + Python.typeName(function) + "' cannot be called.");
    }
    Arguments arguments = arguments(node.arguments(), scope);
    arguments.named().putAll(added);
    return callable.call(arguments);
  }

  private Arguments arguments(JinjaExpr.Arguments node, Scope scope) {
    List<@Nullable Object> positional = values(node.positional(), scope);
    Map<String, @Nullable Object> named = new LinkedHashMap<>();
    for (JinjaExpr.Named argument : node.named()) {
      named.put(argument.name(), value(argument.value(), scope));
    }
    JinjaExpr spread = node.spread();
    if (spread != null) {
      Iterator<@Nullable Object> items = python.iterate(value(spread, scope));
      while (items.hasNext()) {
        meter.step();
        positional.add(items.next());
      }
    }
    JinjaExpr spreadNamed = node.spreadNamed();
    if (spreadNamed != null) {
      if (!(value(spreadNamed, scope) instanceof Map<?, ?> map)) {
        throw new Failure("'**' needs a map.", spreadNamed.range());
      }
      meter.steps(map.size());
      map.forEach((key, value) -> named.put(text.of(key), value));
    }
    return new Arguments(positional, named);
  }

  private @Nullable Object filter(JinjaExpr.Filter node, @Nullable Object input, Scope scope) {
    return filters.apply(node.name(), input, arguments(node.arguments(), scope));
  }

  /// The filters of a block on its body.
  @Nullable Object filterChain(JinjaExpr.Filter node, @Nullable Object body, Scope scope) {
    JinjaExpr input = node.input();
    Object value =
        input instanceof JinjaExpr.Filter before ? filterChain(before, body, scope) : body;
    try {
      return filter(node, value, scope);
    } catch (Failure failure) {
      throw failure.at("", node.range());
    }
  }

  void assign(JinjaExpr target, @Nullable Object value, Scope scope) {
    switch (target) {
      case JinjaExpr.Name n -> scope.set(n.name(), value);
      case JinjaExpr.TupleOf t -> unpack(t, value, scope);
      case JinjaExpr.Attribute a -> {
        if (!(value(a.target(), scope) instanceof Namespace namespace)) {
          throw new Failure("An attribute can be set only on a namespace().", a.range());
        }
        namespace.attributes().put(a.name(), value);
      }
      default -> throw new Failure("A value cannot be assigned to this.", target.range());
    }
  }

  private void unpack(JinjaExpr.TupleOf target, @Nullable Object value, Scope scope) {
    List<JinjaExpr> parts = target.items();
    Iterator<@Nullable Object> items = python.iterate(value);
    for (JinjaExpr part : parts) {
      if (!items.hasNext()) {
        throw new Failure("There are too few values for " + parts.size() + " variables.");
      }
      assign(part, items.next(), scope);
    }
    if (items.hasNext()) {
      throw new Failure("There are more values than " + parts.size() + " variables.");
    }
  }

  /// What a loop runs over.
  Iterator<@Nullable Object> loopItems(@Nullable Object sequence) {
    boolean nothing = prompty && (sequence == null || Numbers.isNumber(sequence));
    return nothing ? List.<@Nullable Object>of().iterator() : python.iterate(sequence);
  }
}
