package dev.promptls.prompt.workspace;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A call of a partial and what it is given, in paths of the calling file's inputs.
///
/// @param name as written
/// @param base where the partial's variables are looked up: empty at the top, `[items]` inside
///   `{{#each items}}` or for `{{> name items}}`; null if that cannot be told
/// @param keys what is passed by name, each with the path of its value, which is empty for literals
///   and whatever else is no input
record PartialUse(String name, @Nullable List<String> base, Map<String, List<String>> keys) {
  PartialUse {
    base = base == null ? null : List.copyOf(base);
    keys = Map.copyOf(keys);
  }
}
