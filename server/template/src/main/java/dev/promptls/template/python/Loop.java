package dev.promptls.template.python;

import dev.promptls.template.run.Failure;
import dev.promptls.template.run.Undefined;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/// The variable `loop` inside a `for`.
public final class Loop implements Callable {
  /// The body of a recursive loop, run over other items one level deeper.
  public interface Recursion {
    String run(@Nullable Object sequence, int depth);
  }

  private final List<@Nullable Object> items;
  private final int depth;
  private final @Nullable Recursion recursion;
  private int index = -1;
  private @Nullable List<@Nullable Object> lastChecked;

  public Loop(List<@Nullable Object> items, int depth, @Nullable Recursion recursion) {
    this.items = items;
    this.depth = depth;
    this.recursion = recursion;
  }

  public boolean advance() {
    index++;
    return index < items.size();
  }

  public @Nullable Object item() {
    return items.get(index);
  }

  int length() {
    return items.size();
  }

  /// The items that are still to come, which whoever asks for them takes from the loop.
  Iterator<@Nullable Object> rest() {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return index + 1 < items.size();
      }

      @Override
      public @Nullable Object next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        index++;
        return new Tuple(Arrays.asList(item(), Loop.this));
      }
    };
  }

  @Override
  public String toString() {
    return "<LoopContext " + (index + 1) + "/" + items.size() + ">";
  }

  public @Nullable Object attribute(String name, Python python) {
    return switch (name) {
      case "index" -> (long) index + 1;
      case "index0" -> (long) index;
      case "revindex" -> (long) items.size() - index;
      case "revindex0" -> (long) items.size() - index - 1;
      case "first" -> index == 0;
      case "last" -> index == items.size() - 1;
      case "length" -> (long) items.size();
      case "depth" -> (long) depth + 1;
      case "depth0" -> (long) depth;
      case "previtem" ->
          index > 0 ? items.get(index - 1) : new Undefined("There is no previous item.");
      case "nextitem" ->
          index + 1 < items.size() ? items.get(index + 1) : new Undefined("There is no next item.");
      case "cycle" -> (Callable) arguments -> cycle(arguments);
      case "changed" -> (Callable) arguments -> changed(arguments, python);
      default -> new Undefined("'loop' has no attribute '" + name + "'.");
    };
  }

  private @Nullable Object cycle(Arguments arguments) {
    List<@Nullable Object> values = arguments.positional();
    if (values.isEmpty()) {
      throw new Failure("loop.cycle() needs values to cycle through.");
    }
    return values.get(index % values.size());
  }

  private boolean changed(Arguments arguments, Python python) {
    List<@Nullable Object> before = lastChecked;
    lastChecked = arguments.positional();
    return before == null || !python.equal(before, lastChecked);
  }

  @Override
  public @Nullable Object call(Arguments arguments) {
    if (recursion == null) {
      throw new Failure("This loop is not recursive; write 'recursive' at its end to call it.");
    }
    if (arguments.positional().size() != 1) {
      throw new Failure("loop() needs the items to loop over.");
    }
    return recursion.run(arguments.positional().getFirst(), depth + 1);
  }
}
