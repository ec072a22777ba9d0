package dev.promptls.prompt.text;

import java.util.List;
import java.util.function.Function;

/// Looks for things by their place in a list that is in source order and in which none overlaps the
/// next, in logarithmic time.
public final class InOrder {
  private InOrder() {}

  /// The index of the first thing that ends at an offset or behind it; the size of the list if
  /// there is none.
  public static <T> int firstEndingFrom(List<T> things, int offset, Function<T, Span> span) {
    int low = 0;
    int high = things.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (span.apply(things.get(middle)).end() < offset) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
