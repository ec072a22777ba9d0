package dev.promptls.template.python;

import dev.promptls.template.run.Failure;
import java.util.AbstractList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What `range()` gives. Its size is bounded as in Jinja2's sandbox.
public record IntegerRange(long start, long stop, long step) {
  private static final long MAX_SIZE = 100_000;

  public IntegerRange {
    if (step == 0) {
      throw new Failure("range() needs a step that is not zero.");
    }
    double size = Math.ceil(((double) stop - start) / step);
    if (size > MAX_SIZE) {
      throw new Failure("A range has at most " + MAX_SIZE + " numbers; make it shorter.");
    }
  }

  int size() {
    return (int) Math.max(0, Math.ceil(((double) stop - start) / step));
  }

  public Map<String, Object> attributes() {
    return Map.of("start", start, "stop", stop, "step", step);
  }

  /// The numbers as a list that takes no memory.
  public List<@Nullable Object> items() {
    int size = size();
    return new AbstractList<>() {
      @Override
      public Object get(int index) {
        return start + index * step;
      }

      @Override
      public int size() {
        return size;
      }
    };
  }
}
