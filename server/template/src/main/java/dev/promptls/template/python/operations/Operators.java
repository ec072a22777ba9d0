package dev.promptls.template.python.operations;

import dev.promptls.template.python.Html;
import dev.promptls.template.python.Markup;
import dev.promptls.template.python.Python;
import dev.promptls.template.python.PythonText;
import dev.promptls.template.python.Tuple;
import dev.promptls.template.run.Meter;
import dev.promptls.template.run.Numbers;
import dev.promptls.template.run.Undefined;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The operators of expressions, on values.
public final class Operators {
  private final Meter meter;
  private final Python python;
  private final PythonText text;
  private final Html html;
  private final boolean prompty;

  public Operators(Meter meter, Python python, PythonText text, Html html, boolean prompty) {
    this.html = html;
    this.meter = meter;
    this.python = python;
    this.text = text;
    this.prompty = prompty;
  }

  public @Nullable Object unary(String operator, @Nullable Object value) {
    if (operator.equals("not")) {
      return !Python.truth(value);
    }
    if (value == null || !Numbers.isNumber(value)) {
      throw Python.undefined(
          value,
          null,
          () -> "'" + operator + "' cannot be used on '" + Python.typeName(value) + "'.");
    }
    return operator.equals("-") ? Numbers.negate(value) : Numbers.apply("+", 0L, value);
  }

  public boolean compare(String operator, @Nullable Object left, @Nullable Object right) {
    if (prompty) {
      return lenient(operator, left, right);
    }
    return strict(operator, left, right);
  }

  private boolean strict(String operator, @Nullable Object left, @Nullable Object right) {
    return switch (operator) {
      case "==" -> python.equal(left, right);
      case "!=" -> !python.equal(left, right);
      case "in" -> python.contains(right, left);
      case "not in" -> !python.contains(right, left);
      default -> python.ordered(left, operator, right);
    };
  }

  /// In Prompty what is missing equals null, and what cannot be compared is not so.
  private boolean lenient(String operator, @Nullable Object left, @Nullable Object right) {
    Object a = left instanceof Undefined ? null : left;
    Object b = right instanceof Undefined ? null : right;
    if (!operator.equals("==") && !operator.equals("!=") && !comparable(operator, a, b)) {
      return operator.equals("not in");
    }
    return strict(operator, a, b);
  }

  private static boolean comparable(String operator, @Nullable Object a, @Nullable Object b) {
    if (operator.endsWith("in")) {
      return b instanceof String ? a instanceof String : b != null && !Numbers.isNumber(b);
    }
    return (Numbers.isNumber(a) && Numbers.isNumber(b))
        || (a instanceof String && b instanceof String);
  }

  public @Nullable Object binary(String operator, @Nullable Object a, @Nullable Object b) {
    if (a instanceof String format && operator.equals("%")) {
      return new Percent(meter, text).format(format, b);
    }
    if (a instanceof Markup format && operator.equals("%")) {
      return new Markup(new Percent(meter, text, html).format(format.text(), b));
    }
    if (a != null && b != null) {
      if (Numbers.isNumber(a) && Numbers.isNumber(b)) {
        meter.steps(Numbers.weight(a) + Numbers.weight(b));
        return Numbers.apply(operator, a, b);
      }
      Object result =
          switch (operator) {
            case "+" -> sum(a, b);
            case "*" -> Numbers.isInteger(b) ? repeated(a, b) : repeated(b, a);
            default -> null;
          };
      if (result != null) {
        return result;
      }
    }
    throw Python.undefined(
        a, b, () -> "'" + operator + "' cannot be used on " + Python.both(a, b) + ".");
  }

  private @Nullable Object sum(Object a, Object b) {
    if ((a instanceof Markup && isText(b)) || (b instanceof Markup && isText(a))) {
      return new Markup(meter.made(html.escape(a).text() + html.escape(b).text()));
    }
    if (a instanceof String s && b instanceof String t) {
      meter.chars((long) s.length() + t.length());
      return s + t;
    }
    if (a instanceof List<?> l && b instanceof List<?> m) {
      return joined(l, m);
    }
    return a instanceof Tuple t && b instanceof Tuple u
        ? new Tuple(joined(t.items(), u.items()))
        : null;
  }

  private static boolean isText(Object value) {
    return value instanceof String || value instanceof Markup;
  }

  private List<@Nullable Object> joined(List<?> a, List<?> b) {
    meter.steps((long) a.size() + b.size());
    List<@Nullable Object> all = new ArrayList<>(a);
    all.addAll(b);
    return all;
  }

  private @Nullable Object repeated(Object value, Object times) {
    if (!Numbers.isInteger(times)) {
      return null;
    }
    int count = Math.max(0, Numbers.toInt(times));
    return switch (value) {
      case String s -> {
        meter.chars((long) s.length() * count);
        yield s.repeat(count);
      }
      case Markup m -> Markup.of(repeated(m.text(), times));
      case List<?> l -> repeated(l, count);
      case Tuple t -> new Tuple(repeated(t.items(), count));
      default -> null;
    };
  }

  private List<@Nullable Object> repeated(List<?> items, int count) {
    meter.steps((long) items.size() * count);
    List<@Nullable Object> all = new ArrayList<>();
    for (int i = 0; i < count && !items.isEmpty(); i++) {
      all.addAll(Objects.requireNonNull(Python.list(items)));
    }
    return all;
  }
}
