package dev.promptls.prompt.check;

import dev.promptls.prompt.text.Span;
import java.util.ArrayList;
import java.util.List;

/// Something with a place in a text, which moves when text before it changes.
///
/// @param <T> what moving it gives
interface Placed<T> {
  Span span();

  T shift(int by);

  /// What is left of a list after an edit: the part before the edit, what is new, and the part
  /// behind it, moved.
  ///
  /// @param old in source order
  /// @param until where the part before ends
  /// @param from where the part behind begins, in the text before the edit
  static <T extends Placed<T>> List<T> splice(
      List<T> old, int until, List<T> fresh, int from, int growth) {
    List<T> all = new ArrayList<>(old.size() + fresh.size());
    int at = 0;
    while (at < old.size() && old.get(at).span().start() < until) {
      all.add(old.get(at++));
    }
    all.addAll(fresh);
    while (at < old.size() && old.get(at).span().start() < from) {
      at++;
    }
    while (at < old.size()) {
      all.add(old.get(at++).shift(growth));
    }
    return all;
  }
}
