package dev.promptls.template;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The functions a template finds in its environment.
final class Functions {
  private Functions() {}

  static Map<String, Callable> of(Jinja.Options options, Python python, Meter meter) {
    Map<String, Callable> functions = new HashMap<>();
    functions.put("range", Functions::range);
    functions.put("dict", arguments -> map(arguments, python, meter));
    functions.put("namespace", arguments -> new Namespace(map(arguments, python, meter)));
    functions.put("cycler", arguments -> new Namespace(Cycler.attributes(arguments.positional())));
    functions.put("joiner", Functions::joiner);
    options.functions().forEach((name, function) -> functions.put(name, adapt(function)));
    return functions;
  }

  private static Callable adapt(Jinja.Function function) {
    return arguments -> {
      try {
        return Adoption.of(function.call(arguments));
      } catch (TemplateException e) {
        throw new Failure(String.valueOf(e.getMessage()));
      }
    };
  }

  private static Object range(Jinja.Arguments arguments) {
    List<@Nullable Object> bounds = arguments.positional();
    if (bounds.isEmpty() || bounds.size() > 3 || !arguments.named().isEmpty()) {
      throw new Failure("range() takes one to three integers.");
    }
    long[] numbers = new long[bounds.size()];
    for (int i = 0; i < numbers.length; i++) {
      Object bound = bounds.get(i);
      if (bound == null || !Numbers.isInteger(bound)) {
        throw Python.undefined(bound, null, () -> "range() takes only integers.");
      }
      numbers[i] = Numbers.toInt(bound);
    }
    return numbers.length == 1
        ? new IntegerRange(0, numbers[0], 1)
        : new IntegerRange(numbers[0], numbers[1], numbers.length == 3 ? numbers[2] : 1);
  }

  static Map<@Nullable Object, @Nullable Object> map(
      Jinja.Arguments arguments, Python python, Meter meter) {
    Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>();
    if (arguments.positional().size() > 1) {
      throw new Failure("A map is made of one map or list of pairs; remove the others.");
    }
    for (Object source : arguments.positional()) {
      switch (source) {
        case Map<?, ?> m -> {
          meter.steps(m.size());
          map.putAll(Python.map(m));
        }
        case Namespace n -> {
          meter.steps(n.attributes().size());
          map.putAll(n.attributes());
        }
        case null, default ->
            python
                .iterate(source)
                .forEachRemaining(pair -> {
                  meter.step();
                  List<@Nullable Object> parts = python.items(pair);
                  if (parts == null || parts.size() != 2) {
                    throw new Failure("A map is made of pairs.");
                  }
                  map.put(python.key(parts.get(0)), parts.get(1));
                });
      }
    }
    map.putAll(arguments.named());
    return map;
  }

  private static Object joiner(Jinja.Arguments arguments) {
    Object separator = Bound.of("joiner", arguments, "sep").get("sep", ", ");
    boolean[] used = {false};
    return (Callable)
        none -> {
          Bound.of("a joiner", none);
          Object result = used[0] ? separator : "";
          used[0] = true;
          return result;
        };
  }
}
