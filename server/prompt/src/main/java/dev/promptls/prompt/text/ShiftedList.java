package dev.promptls.prompt.text;

import java.lang.reflect.Array;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.RandomAccess;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;

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

  public static <T extends Shiftable<T>> ShiftedList<T> empty() {
    return of(new ArrayList<T>());
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

  /// A list that no longer changes, which follows edits if the given one does.
  public static <T extends Shiftable<T>> List<T> frozen(List<T> list) {
    return list instanceof ShiftedList<T> ? list : List.copyOf(list);
  }

  @Override
  public T get(int index) {
    T item = raw(index);
    return moved ? item.shifted(shifts[index], index) : item;
  }

  @Override
  public Object[] toArray() {
    return fill(new Object[items.length]);
  }

  @Override
  @SuppressWarnings(
      "unchecked") // As the contract asks, the array's type is the caller's to choose.
  public <A> A[] toArray(A[] to) {
    return to.length >= items.length
        ? super.toArray(to)
        : (A[]) fill((Object[]) Array.newInstance(to.getClass().getComponentType(), items.length));
  }

  private Object[] fill(Object[] all) {
    for (int i = 0; i < all.length; i++) {
      all[i] = get(i);
    }
    return all;
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

  /// How many items at the front are those of another list, at the same places in the text.
  @SuppressWarnings("ReferenceEquality") // Followed items are the same objects; looking costs.
  public int sameFront(ShiftedList<T> other) {
    int most = Math.min(items.length, other.items.length);
    int same = 0;
    while (same < most && items[same] == other.items[same] && shifts[same] == other.shifts[same]) {
      same++;
    }
    return same;
  }

  /// How many items at the end another list has too, moved.
  ///
  /// @param by how far those of the other list stand behind these
  /// @param most where to stop
  @SuppressWarnings("ReferenceEquality") // Followed items are the same objects; looking costs.
  public int sameEnd(ShiftedList<T> other, int by, int most) {
    int same = 0;
    int mine = items.length;
    int theirs = other.items.length;
    while (same < most
        && items[--mine] == other.items[--theirs]
        && shifts[mine] + by == other.shifts[theirs]) {
      same++;
    }
    return same;
  }

  /// What is made of each item of a list, after an edit: what was made of items that the edit left
  /// alone is taken over.
  ///
  /// @param madeBefore of `before`, in the same order
  /// @param by how far the edit moved what stands behind it
  /// @param make of the item at an index of `now`
  public static <K extends Shiftable<K>, V extends Shiftable<V>> ShiftedList<V> follow(
      ShiftedList<K> before,
      ShiftedList<V> madeBefore,
      ShiftedList<K> now,
      int by,
      IntFunction<V> make) {
    int front = before.sameFront(now);
    int end = before.sameEnd(now, by, Math.min(before.size(), now.size()) - front);
    List<V> between = new ArrayList<>();
    for (int i = front; i < now.size() - end; i++) {
      between.add(make.apply(i));
    }
    return madeBefore.splice(front, before.size() - end, between, by);
  }

  /// The items that pass a test which does not depend on ranges.
  public ShiftedList<T> filtered(Predicate<T> test) {
    Shiftable<T>[] passed = items.clone();
    int[] moves = shifts.clone();
    int count = 0;
    for (int i = 0; i < items.length; i++) {
      if (test.test(raw(i))) {
        passed[count] = items[i];
        moves[count++] = shifts[i];
      }
    }
    return count == items.length
        ? this
        : new ShiftedList<>(Arrays.copyOf(passed, count), Arrays.copyOf(moves, count), moved);
  }

  /// A list of which some items have moved.
  ///
  /// @param which their indices
  public ShiftedList<T> moved(int by, BitSet which) {
    int[] moves = shifts.clone();
    for (int i = which.nextSetBit(0); i >= 0; i = which.nextSetBit(i + 1)) {
      moves[i] += by;
    }
    return new ShiftedList<>(items, moves, true);
  }

  /// A list with other items at some places.
  public ShiftedList<T> with(Map<Integer, T> others) {
    if (others.isEmpty()) {
      return this;
    }
    Shiftable<T>[] all = items.clone();
    int[] moves = shifts.clone();
    others.forEach((index, item) -> {
      all[index] = item;
      moves[index] = 0;
    });
    return new ShiftedList<>(all, moves, moved);
  }

  /// The index of the first item that begins at an offset or behind it, in a list that is in source
  /// order.
  ///
  /// @param start where an item as [#raw] gives it begins
  public int firstFrom(int offset, ToIntFunction<T> start) {
    return InOrder.first(items.length, i -> start.applyAsInt(raw(i)) + shifts[i] >= offset);
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
