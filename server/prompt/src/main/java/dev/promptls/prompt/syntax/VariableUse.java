package dev.promptls.prompt.syntax;

import dev.promptls.prompt.text.Shiftable;
import dev.promptls.prompt.text.Span;
import java.util.List;

/// A place where the body reads a variable.
///
/// @param name the first segment, with `@` for context variables: `review`, `@state`
/// @param path all segments: `["user", "name"]`
/// @param span of the path
/// @param scope the list or object whose fields the name may be, outermost first: the arguments of
///   the `each` and `with` blocks around it; empty at the top
public record VariableUse(String name, List<String> path, Span span, List<String> scope)
    implements Shiftable<VariableUse> {
  public VariableUse {
    path = List.copyOf(path);
    scope = List.copyOf(scope);
  }

  @Override
  public VariableUse shifted(int by, int index) {
    return by == 0 ? this : new VariableUse(name, path, span.shift(by), scope);
  }

  /// Whether the name can only be an input of the prompt.
  public boolean isTopLevel() {
    return scope.isEmpty() && !name.startsWith("@");
  }
}
