package dev.promptls.template.python;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a map's `keys()`, `values()` and `items()` give.
public record MapView(Kind kind, Map<@Nullable Object, @Nullable Object> map) {
  public enum Kind {
    KEYS,
    VALUES,
    ITEMS
  }

  List<@Nullable Object> items() {
    return switch (kind) {
      case KEYS -> new ArrayList<>(map.keySet());
      case VALUES -> new ArrayList<>(map.values());
      case ITEMS -> pairs(map);
    };
  }

  public static List<@Nullable Object> pairs(Map<@Nullable Object, @Nullable Object> map) {
    List<@Nullable Object> pairs = new ArrayList<>(map.size());
    map.forEach((key, value) -> pairs.add(new Tuple(java.util.Arrays.asList(key, value))));
    return pairs;
  }
}
