package dev.promptls.template.jinja;

import dev.promptls.template.run.Undefined;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Variables of a block, over those of the blocks around it.
final class Scope {
  private final @Nullable Scope outer;
  private final Map<?, @Nullable Object> given;
  private final Map<String, @Nullable Object> values = new HashMap<>();

  /// Names that are this scope's own from the start, though it has no value for them yet.
  private final Set<String> owned;

  /// Whether names that others own without a value are looked up further out.
  private final boolean isBlock;

  private Scope(
      @Nullable Scope outer, Map<?, @Nullable Object> given, Set<String> owned, boolean isBlock) {
    this.outer = outer;
    this.given = given;
    this.owned = owned;
    this.isBlock = isBlock;
  }

  /// The outermost scope.
  Scope(Map<?, @Nullable Object> given, Set<String> owned) {
    this(null, given, owned, false);
  }

  Scope(Scope outer, Set<String> owned) {
    this(outer, Map.of(), owned, false);
  }

  /// The scope of a named block.
  static Scope block(Scope outer, Set<String> owned) {
    return new Scope(outer, Map.of(), owned, true);
  }

  void set(String name, @Nullable Object value) {
    values.put(name, value);
  }

  /// What a named block in this scope sees: what the block around it sees, or the whole template.
  Scope context() {
    Scope scope = this;
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
    for (Scope scope = this; scope != null; scope = scope.outer) {
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
