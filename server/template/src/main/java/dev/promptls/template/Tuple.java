package dev.promptls.template;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A Python tuple: a list that prints in parentheses and equals no list.
///
/// @param names by which its items can also be asked for, empty for a plain tuple
record Tuple(List<@Nullable Object> items, List<String> names) {
  Tuple(List<@Nullable Object> items) {
    this(items, List.of());
  }
}
