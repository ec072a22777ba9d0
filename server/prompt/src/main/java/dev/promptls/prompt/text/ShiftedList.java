package dev.promptls.prompt.text;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.RandomAccess;

/// A list of things with ranges that follows edits cheaply: what an edit moves stays the same
/// object, and its new ranges are made when it is looked at. Immutable.
///
/// @param <T> what it holds
public final class ShiftedList<T extends Shiftable<T>> extends AbstractList<T>
    implements RandomAccess {
  private final Shiftable<T>[] items;
  private final int[] shifts;
  private final boolean moved;

  private ShiftedList(Shiftable<T>[] items, int[] shifts, boolean moved) {
    this.items = items;
    this.shifts = shifts;
    this.moved = moved;
  }

  /// A list that no longer changes: the same if it is one of these already.
  @SuppressWarnings("unchecked") // The array is this class's own and holds nothing but T.
  public static <T extends Shiftable<T>> ShiftedList<T> of(List<T> list) {
    if (list instanceof ShiftedList<T> known) {
      return known;
    }
    Shiftable<T>[] items = (Shiftable<T>[]) list.toArray(new Shiftable<?>[0]);
    return new ShiftedList<>(items, new int[items.length], false);
  }

  @Override
  public T get(int index) {
    T item = raw(index);
    return moved ? item.shifted(shifts[index], index) : item;
  }

  /// An item with the ranges that it was read with. For what does not depend on ranges.
  @SuppressWarnings("unchecked") // Nothing but T is ever put in.
  public T raw(int index) {
    return (T) items[index];
  }

  /// How far an item stands from the ranges that [#raw] gives, in UTF-16 units.
  public int shift(int index) {
    return shifts[index];
  }

  @Override
  public int size() {
    return items.length;
  }

  /// A list with some items in the place of others.
  ///
  /// @param from the first that is replaced
  /// @param to behind the last
  /// @param by how far all behind it move
  public ShiftedList<T> splice(int from, int to, List<T> between, int by) {
    int size = items.length - (to - from) + between.size();
    Shiftable<T>[] all = Arrays.copyOf(items, size);
    int[] moves = Arrays.copyOf(shifts, size);
    for (int i = 0; i < between.size(); i++) {
      all[from + i] = between.get(i);
      moves[from + i] = 0;
    }
    int at = from + between.size();
    System.arraycopy(items, to, all, at, items.length - to);
    for (int i = to; i < items.length; i++) {
      moves[at + i - to] = shifts[i] + by;
    }
    return new ShiftedList<>(all, moves, true);
  }
}
