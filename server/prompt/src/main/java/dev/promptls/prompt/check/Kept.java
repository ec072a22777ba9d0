package dev.promptls.prompt.check;

import dev.promptls.prompt.text.Shiftable;
import dev.promptls.prompt.text.ShiftedList;
import dev.promptls.prompt.text.Span;
import dev.promptls.prompt.text.TextEdit;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Which items of a list an edit has left as they were.
///
/// @param before how many at the front
/// @param behind how many at the end
/// @param until where those at the front end
/// @param from where those at the end begin, in the text before the edit
record Kept(int before, int behind, int until, int from) {

  /// As [#of], told without a look at the items that both lists share.
  static <T extends Shiftable<T>> @Nullable Kept ofFollowed(
      List<T> old, List<T> fresh, TextEdit edit, Function<T, Span> span) {
    if (!(old instanceof ShiftedList<T> before && fresh instanceof ShiftedList<T> after)) {
      return null;
    }
    int front = before.sameFront(after);
    int most = Math.min(before.size(), after.size()) - front;
    int end = before.sameEnd(after, edit.growth(), most);
    int first = before.size() - end;
    return new Kept(
        front,
        end,
        front == 0 ? 0 : span.apply(before.get(front - 1)).end(),
        end == 0 ? Integer.MAX_VALUE : span.apply(before.get(first)).start());
  }

  /// @param old in source order, without overlaps; if not so, nothing counts as kept
  /// @param same whether two items at the same place are the same
  static <T> Kept of(
      List<T> old, List<T> fresh, TextEdit edit, Function<T, Span> span, BiPredicate<T, T> same) {
    int most = Math.min(old.size(), fresh.size());
    int before = 0;
    int until = 0;
    while (before < most) {
      Span place = span.apply(old.get(before));
      boolean untouched = place.end() < edit.span().start() && place.start() >= until;
      if (!untouched
          || !place.equals(span.apply(fresh.get(before)))
          || !same.test(old.get(before), fresh.get(before))) {
        break;
      }
      until = place.end();
      before++;
    }
    int behind = 0;
    int from = Integer.MAX_VALUE;
    while (behind < most - before) {
      T last = old.get(old.size() - 1 - behind);
      T lastFresh = fresh.get(fresh.size() - 1 - behind);
      Span place = span.apply(last);
      boolean untouched = place.start() > edit.span().end() && place.end() <= from;
      if (!untouched
          || !place.shift(edit.growth()).equals(span.apply(lastFresh))
          || !same.test(last, lastFresh)) {
        break;
      }
      from = place.start();
      behind++;
    }
    return new Kept(before, behind, until, from);
  }
}
