package dev.promptls.template.python;

import dev.promptls.template.run.Failure;
import dev.promptls.template.run.Numbers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The arguments of a call, bound to the parameters of a filter, test, method or function.
public final class Bound {
  private final String function;
  private final Map<String, @Nullable Object> values = new HashMap<>();

  private Bound(String function) {
    this.function = function;
  }

  /// @param parameters their names in order
  public static Bound of(String function, Arguments arguments, String... parameters) {
    Bound bound = new Bound(function);
    List<@Nullable Object> positional = arguments.positional();
    if (positional.size() > parameters.length) {
      throw new Failure(
          "'" + function + "' takes at most " + parameters.length + " arguments; remove some.");
    }
    for (int i = 0; i < positional.size(); i++) {
      bound.values.put(parameters[i], positional.get(i));
    }
    List<String> names = List.of(parameters);
    arguments
        .named()
        .forEach((name, value) -> {
          if (!names.contains(name) || bound.values.containsKey(name)) {
            throw new Failure("'" + function + "' cannot take the argument '" + name + "'.");
          }
          bound.values.put(name, value);
        });
    return bound;
  }

  public boolean has(String parameter) {
    return values.containsKey(parameter);
  }

  public @Nullable Object get(String parameter, @Nullable Object fallback) {
    return values.containsKey(parameter) ? values.get(parameter) : fallback;
  }

  /// An argument of which nobody asks whether it is HTML.
  public @Nullable Object plain(String parameter, @Nullable Object fallback) {
    return Markup.plain(get(parameter, fallback));
  }

  public @Nullable Object required(String parameter) {
    if (!values.containsKey(parameter)) {
      throw new Failure("'" + function + "' needs the argument '" + parameter + "'.");
    }
    return values.get(parameter);
  }

  public boolean flag(String parameter) {
    return Python.truth(get(parameter, false));
  }

  public String string(String parameter) {
    Object value = Markup.plain(required(parameter));
    if (value instanceof String s) {
      return s;
    }
    throw wrongType(parameter, "a string", value);
  }

  public int integer(String parameter, int fallback) {
    Object value = get(parameter, (long) fallback);
    if (value != null && Numbers.isInteger(value)) {
      return Numbers.toInt(value);
    }
    throw wrongType(parameter, "an integer", value);
  }

  private Failure wrongType(String parameter, String wanted, @Nullable Object value) {
    return new Failure(
        "'%s' needs %s as '%s' but got a value of type '%s'."
            .formatted(function, wanted, parameter, Python.typeName(value)));
  }
}
