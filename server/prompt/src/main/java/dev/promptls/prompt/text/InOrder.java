package dev.promptls.prompt.text;

import java.util.List;
import java.util.function.Function;
import java.util.function.IntPredicate;

/// Looks for things by their place in a list that is in source order and in which none overlaps the
/// next, in logarithmic time.
public final class InOrder {
  private InOrder() {}

  /// The first index for which something holds; the number of indices if there is none.
  ///
  /// @param holds for all indices behind one for which it holds
  public static int first(int indices, IntPredicate holds) {
    int low = 0;
    int high = indices;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (holds.test(middle)) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  /// Those that overlap a stretch of the file.
  public static <T> List<T> overlapping(List<T> things, Span region, Function<T, Span> span) {
    return between(things, region.start() + 1, region.end(), span);
  }

  /// Those that overlap a stretch of the file, or end where it begins, or begin where it ends.
  public static <T> List<T> touching(List<T> things, Span region, Function<T, Span> span) {
    return between(things, region.start(), region.end() + 1, span);
  }

  /// @param end the least that one may have
  /// @param start less than which one has
  private static <T> List<T> between(List<T> things, int end, int start, Function<T, Span> span) {
    int first = firstEndingFrom(things, end, span);
    int last = first(things.size(), i -> span.apply(things.get(i)).start() >= start);
    return things.subList(first, Math.max(first, last));
  }

  /// The index of the first thing that ends at an offset or behind it; the size of the list if
  /// there is none.
  public static <T> int firstEndingFrom(List<T> things, int offset, Function<T, Span> span) {
    return first(things.size(), i -> span.apply(things.get(i)).end() >= offset);
  }
}
