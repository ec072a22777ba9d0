package dev.promptls.template.python;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A Python tuple: a list that prints in parentheses and equals no list.
///
/// @param names by which its items can also be asked for, empty for a plain tuple
public record Tuple(List<@Nullable Object> items, List<String> names) {
  public Tuple(List<@Nullable Object> items) {
    this(items, List.of());
  }
}
