package dev.promptls.template.jinja;

import dev.promptls.template.python.Arguments;
import dev.promptls.template.python.Bound;
import dev.promptls.template.python.Callable;
import dev.promptls.template.python.IntegerRange;
import dev.promptls.template.python.Namespace;
import dev.promptls.template.python.Python;
import dev.promptls.template.run.Failure;
import dev.promptls.template.run.Numbers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The functions a template finds in its environment.
final class Functions {
  private Functions() {}

  static Map<String, Callable> of(Jinja.Options options, Python python) {
    Map<String, Callable> functions = new HashMap<>();
    functions.put("range", Functions::range);
    functions.put("dict", arguments -> python.dict(arguments));
    functions.put("namespace", arguments -> new Namespace(python.dict(arguments)));
    functions.put("cycler", arguments -> new Namespace(Cycler.attributes(arguments.positional())));
    functions.put("joiner", Functions::joiner);
    functions.putAll(options.functions());
    return functions;
  }

  private static Object range(Arguments arguments) {
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

  private static Object joiner(Arguments arguments) {
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
