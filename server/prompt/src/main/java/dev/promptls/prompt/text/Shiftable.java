package dev.promptls.prompt.text;

/// Something with ranges that moves when text before it grows or shrinks.
///
/// @param <T> its own type
public interface Shiftable<T> {
  /// The same with all ranges moved.
  ///
  /// @param by UTF-16 units, negative to the left
  /// @param index the place in the list that holds it
  T shifted(int by, int index);
}
