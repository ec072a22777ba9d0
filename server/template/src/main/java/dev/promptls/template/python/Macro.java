package dev.promptls.template.python;

import dev.promptls.template.run.Undefined;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A macro, or the body of a call block.
///
/// @param name null of a call block's body
/// @param parameters their names
/// @param used the names in its body, which tell what beyond the parameters it can be given
public record Macro(@Nullable String name, List<String> parameters, Set<String> used, Callable body)
    implements Callable {
  boolean catches(String arguments) {
    return used.contains(arguments);
  }

  public @Nullable Object attribute(String attribute) {
    return switch (attribute) {
      case "name" -> name;
      case "arguments" -> new Tuple(List.copyOf(parameters));
      case "catch_kwargs" -> catches("kwargs");
      case "catch_varargs" -> catches("varargs");
      case "caller" -> catches("caller");
      default -> new Undefined("A macro has no attribute '" + attribute + "'.");
    };
  }

  @Override
  public @Nullable Object call(Arguments arguments) {
    return body.call(arguments);
  }
}
