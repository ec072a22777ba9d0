package dev.promptls.prompt.syntax;

import dev.promptls.prompt.text.ShiftedList;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Finds the opening and closing tags that belong together: a closing tag closes the innermost open
/// block of its name, and those inside it stay unclosed.
final class BlockMatcher {
  private final ShiftedList<Tag> tags;
  private final Deque<Integer> open = new ArrayDeque<>();
  private final Map<String, Integer> openNames = new HashMap<>();
  private final Map<Integer, Tag> changed = new HashMap<>();

  private BlockMatcher(ShiftedList<Tag> tags) {
    this.tags = tags;
  }

  /// The same tags, each knowing its other end. Those that know it already stay the same objects.
  static ShiftedList<Tag> match(ShiftedList<Tag> tags) {
    BlockMatcher matcher = new BlockMatcher(tags);
    for (int i = 0; i < tags.size(); i++) {
      Tag tag = tags.raw(i);
      if (tag.kind() == Tag.Kind.OPEN) {
        matcher.open.push(i);
        matcher.openNames.merge(tag.name(), 1, Integer::sum);
      } else if (tag.kind() == Tag.Kind.CLOSE) {
        matcher.close(i, tag.name());
      }
    }
    for (int unclosed : matcher.open) {
      matcher.set(unclosed, null);
    }
    return tags.with(matcher.changed);
  }

  private void close(int index, String name) {
    if (openNames.getOrDefault(name, 0) == 0) {
      set(index, null);
      return;
    }
    int other = open.pop();
    while (!tags.raw(other).name().equals(name)) {
      set(other, null);
      openNames.merge(tags.raw(other).name(), -1, Integer::sum);
      other = open.pop();
    }
    openNames.merge(name, -1, Integer::sum);
    set(other, index);
    set(index, other);
  }

  private void set(int index, @Nullable Integer other) {
    if (!Objects.equals(tags.raw(index).match(), other)) {
      changed.put(index, tags.get(index).matching(other));
    }
  }
}
