package dev.promptls.template.jinja;

import dev.promptls.template.python.Callable;
import dev.promptls.template.python.Tuple;
import dev.promptls.template.run.Failure;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What `cycler()` gives: values taken in turn.
final class Cycler {
  private final List<@Nullable Object> values;
  private final Map<@Nullable Object, @Nullable Object> attributes = new LinkedHashMap<>();
  private int at;

  private Cycler(List<@Nullable Object> values) {
    if (values.isEmpty()) {
      throw new Failure("cycler() needs at least one value.");
    }
    this.values = values;
    attributes.put("items", new Tuple(values));
    attributes.put("pos", 0L);
    attributes.put("current", values.getFirst());
    attributes.put("next", (Callable) arguments -> next());
    attributes.put("reset", (Callable) arguments -> reset());
  }

  static Map<@Nullable Object, @Nullable Object> attributes(List<@Nullable Object> values) {
    return new Cycler(values).attributes;
  }

  private @Nullable Object next() {
    Object value = values.get(at);
    move((at + 1) % values.size());
    return value;
  }

  private @Nullable Object reset() {
    move(0);
    return null;
  }

  private void move(int to) {
    at = to;
    attributes.put("pos", (long) to);
    attributes.put("current", values.get(at));
  }
}
