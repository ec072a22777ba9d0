package dev.promptls.template.python.operations;

import dev.promptls.template.python.BlockReference;
import dev.promptls.template.python.Callable;
import dev.promptls.template.python.CodePoints;
import dev.promptls.template.python.Dialect;
import dev.promptls.template.python.Html;
import dev.promptls.template.python.IntegerRange;
import dev.promptls.template.python.Loop;
import dev.promptls.template.python.Macro;
import dev.promptls.template.python.Markup;
import dev.promptls.template.python.Namespace;
import dev.promptls.template.python.Python;
import dev.promptls.template.python.PythonText;
import dev.promptls.template.python.Tuple;
import dev.promptls.template.run.Failure;
import dev.promptls.template.run.Meter;
import dev.promptls.template.run.Numbers;
import dev.promptls.template.run.Undefined;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Attributes, items and slices of values.
public final class Members {
  private final Meter meter;
  private final Python python;
  private final boolean prompty;
  private final StringMethods strings;
  private final MarkupMethods markup;
  private final CollectionMethods collections;

  public Members(Meter meter, Python python, PythonText text, Html html, Dialect dialect) {
    this.meter = meter;
    this.python = python;
    this.prompty = dialect == Dialect.PROMPTY;
    this.strings = new StringMethods(meter, python, text);
    this.markup = new MarkupMethods(strings, python, html);
    this.collections = new CollectionMethods(meter, python, dialect == Dialect.PYTHON);
  }

  /// `target.name`: a method first, then an item.
  public @Nullable Object attribute(@Nullable Object target, String name) {
    Object member = prompty ? null : method(target, name);
    if (member != null) {
      return member;
    }
    return switch (target) {
      case Map<?, ?> m when m.containsKey(name) -> m.get(name);
      case null, default -> own(target, name);
    };
  }

  /// What `attr` finds: no items of maps.
  public @Nullable Object attributeOnly(@Nullable Object target, String name) {
    Object member = method(target, name);
    return member != null || target instanceof Map
        ? orMissing(member, target, name)
        : own(target, name);
  }

  private static Object orMissing(@Nullable Object member, @Nullable Object target, String name) {
    return member != null ? member : missing(target, name);
  }

  /// Attributes of values that are no collections.
  private @Nullable Object own(@Nullable Object target, String name) {
    return switch (target) {
      case Namespace n when n.attributes().containsKey(name) -> n.attributes().get(name);
      case Loop l -> l.attribute(name, python);
      case Tuple t when t.names().contains(name) -> t.items().get(t.names().indexOf(name));
      case Macro m -> m.attribute(name);
      case BlockReference b when b.blocks().containsKey(name) -> b.blocks().get(name);
      case IntegerRange r when r.attributes().containsKey(name) -> r.attributes().get(name);
      case Undefined u when !prompty -> throw u.failure();
      case Number n -> orMissing(NumberMethods.attribute(n, name), target, name);
      case Boolean b -> orMissing(NumberMethods.attribute(b, name), target, name);
      case null, default -> missing(target, name);
    };
  }

  private @Nullable Callable method(@Nullable Object target, String name) {
    return switch (target) {
      case String s -> strings.find(s, name);
      case Markup m -> markup.find(m.text(), name);
      case Number n -> NumberMethods.find(n, name);
      case Boolean b -> NumberMethods.find(b, name);
      case null, default -> collections.find(target, name);
    };
  }

  private static Undefined missing(@Nullable Object target, String name) {
    String what =
        switch (target) {
          case null -> "None";
          case Undefined u -> "An undefined value";
          case Map<?, ?> m -> "The map";
          default -> "A value of type '" + Python.typeName(target) + "'";
        };
    return new Undefined(what + " has no '" + name + "'.");
  }

  /// `target[index]`: an item first, then a method.
  public @Nullable Object item(@Nullable Object target, @Nullable Object index) {
    switch (target) {
      case Map<?, ?> m -> {
        Object key = index instanceof List || index instanceof Map ? null : python.key(index);
        if (m.containsKey(key)) {
          return m.get(key);
        }
      }
      case Undefined u when !prompty -> throw u.failure();
      case null, default -> {
        if (index != null && Numbers.isInteger(index)) {
          return target instanceof Markup m ? Markup.of(at(m.text(), index)) : at(target, index);
        }
      }
    }
    if (Markup.plain(index) instanceof String name && !prompty) {
      Callable method = method(target, name);
      return method != null ? method : own(target, name);
    }
    return new Undefined(
        "There is no such item in a value of type '" + Python.typeName(target) + "'.");
  }

  private @Nullable Object at(@Nullable Object target, Object index) {
    List<@Nullable Object> items =
        switch (target) {
          case List<?> l -> Python.list(l);
          case Tuple t -> t.items();
          case IntegerRange r -> r.items();
          case null, default -> null;
        };
    int wanted = Numbers.toInt(index);
    if (items != null) {
      int place = wanted < 0 ? wanted + items.size() : wanted;
      if (place >= 0 && place < items.size()) {
        return items.get(place);
      }
    } else if (target instanceof String s) {
      String point = CodePoints.at(s, wanted, meter);
      if (point != null) {
        return point;
      }
    }
    return new Undefined("There is no item " + wanted + ".");
  }

  public @Nullable Object slice(
      @Nullable Object target, @Nullable Object from, @Nullable Object to, @Nullable Object step) {
    if (target instanceof Undefined u && !prompty) {
      throw u.failure();
    }
    if (target instanceof Markup m) {
      return Markup.of(slice(m.text(), from, to, step));
    }
    int stride = bound(step, 1);
    if (stride == 0) {
      throw new Failure("The step of a slice cannot be zero.");
    }
    boolean sliced =
        switch (target) {
          case String s -> true;
          case List<?> l -> true;
          case Tuple t -> true;
          case IntegerRange r -> true;
          case null, default -> false;
        };
    if (!sliced && !prompty) {
      throw new Failure("A value of type '" + Python.typeName(target) + "' has no slices.");
    }
    if (!sliced) {
      return new Undefined("A value of type '" + Python.typeName(target) + "' has no slices.");
    }
    int size = python.length(target);
    boolean back = stride < 0;
    int start = clamp(from, back ? size - 1 : 0, size, back);
    int stop = clamp(to, back ? -1 : size, size, back);
    if (target instanceof IntegerRange r) {
      return new IntegerRange(
          r.start() + start * r.step(), r.start() + stop * r.step(), r.step() * stride);
    }
    if (target instanceof String s) {
      return CodePoints.slice(s, start, stop, stride, meter);
    }
    List<@Nullable Object> items = python.items(target);
    List<@Nullable Object> part = new ArrayList<>();
    for (long i = start; items != null && (back ? i > stop : i < stop); i += stride) {
      meter.step();
      part.add(items.get((int) i));
    }
    return target instanceof Tuple ? new Tuple(part) : part;
  }

  private static int bound(@Nullable Object value, int fallback) {
    if (value == null) {
      return fallback;
    }
    if (!Numbers.isInteger(value)) {
      throw Python.undefined(value, null, () -> "A slice needs integers.");
    }
    return Numbers.toInt(value);
  }

  private static int clamp(@Nullable Object value, int fallback, int size, boolean back) {
    if (value == null) {
      return fallback;
    }
    int bound = bound(value, 0);
    int place = bound < 0 ? Math.max(bound + size, -1) : bound;
    return back ? Math.clamp(place, -1, size - 1) : Math.clamp(place, 0, size);
  }
}
