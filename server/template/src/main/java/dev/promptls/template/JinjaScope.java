package dev.promptls.template;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Variables of a block, over those of the blocks around it.
final class JinjaScope {
  private final @Nullable JinjaScope outer;
  private final Map<?, @Nullable Object> given;
  private final Map<String, @Nullable Object> values = new HashMap<>();

  /// The outermost scope.
  JinjaScope(Map<?, @Nullable Object> given) {
    this.outer = null;
    this.given = given;
  }

  JinjaScope(JinjaScope outer) {
    this.outer = outer;
    this.given = Map.of();
  }

  void set(String name, @Nullable Object value) {
    values.put(name, value);
  }

  /// The scope of the whole template.
  JinjaScope outermost() {
    JinjaScope scope = this;
    while (scope.outer != null) {
      scope = scope.outer;
    }
    return scope;
  }

  /// The innermost scope that has a variable, or null.
  @Nullable JinjaScope holder(String name) {
    for (JinjaScope scope = this; scope != null; scope = scope.outer) {
      if (scope.values.containsKey(name) || scope.given.containsKey(name)) {
        return scope;
      }
    }
    return null;
  }

  /// The value of a variable that this scope has itself.
  @Nullable Object own(String name) {
    return values.containsKey(name) ? values.get(name) : given.get(name);
  }
}
