package dev.promptls.template;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Variables of a block, over those of the blocks around it.
final class JinjaScope {
  private final @Nullable JinjaScope outer;
  private final Map<?, @Nullable Object> given;
  private final Map<String, @Nullable Object> values = new HashMap<>();

  /// Names that are this scope's own from the start, though it has no value for them yet.
  private final Set<String> owned;

  /// Whether names that others own without a value are looked up further out.
  private final boolean isBlock;

  private JinjaScope(
      @Nullable JinjaScope outer,
      Map<?, @Nullable Object> given,
      Set<String> owned,
      boolean isBlock) {
    this.outer = outer;
    this.given = given;
    this.owned = owned;
    this.isBlock = isBlock;
  }

  /// The outermost scope.
  JinjaScope(Map<?, @Nullable Object> given, Set<String> owned) {
    this(null, given, owned, false);
  }

  JinjaScope(JinjaScope outer, Set<String> owned) {
    this(outer, Map.of(), owned, false);
  }

  /// The scope of a named block.
  static JinjaScope block(JinjaScope outer, Set<String> owned) {
    return new JinjaScope(outer, Map.of(), owned, true);
  }

  void set(String name, @Nullable Object value) {
    values.put(name, value);
  }

  /// What a named block in this scope sees: what the block around it sees, or the whole template.
  JinjaScope context() {
    JinjaScope scope = this;
    while (scope.outer != null && !scope.isBlock) {
      scope = scope.outer;
    }
    return scope.outer == null ? scope : scope.outer;
  }

  /// The value of a variable.
  ///
  /// @param otherwise what a name means that no scope has
  @Nullable Object find(String name, Function<String, Object> otherwise) {
    boolean ownedCounts = true;
    for (JinjaScope scope = this; scope != null; scope = scope.outer) {
      if (scope.values.containsKey(name)) {
        return scope.values.get(name);
      }
      if (ownedCounts && scope.owned.contains(name)) {
        return Undefined.variable(name);
      }
      if (scope.given.containsKey(name)) {
        return scope.given.get(name);
      }
      ownedCounts &= !scope.isBlock;
    }
    return otherwise.apply(name);
  }
}
