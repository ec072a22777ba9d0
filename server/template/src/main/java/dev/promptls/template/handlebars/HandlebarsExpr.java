package dev.promptls.template.handlebars;

import dev.promptls.template.Range;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An expression of a Handlebars template, with its range.
public sealed interface HandlebarsExpr {
  Range range();

  /// `a.b`, `../a`, `this`, `@index`.
  ///
  /// @param data whether it begins with `@`
  /// @param depth how many `../` it begins with
  /// @param parts the names, without `this`, `.` and `..`
  /// @param scoped whether it begins with `this` or `.`, which hides helpers and block parameters
  /// @param original as written, but for the brackets around names
  record Path(
      boolean data, int depth, List<String> parts, boolean scoped, String original, Range range)
      implements HandlebarsExpr {
    /// Whether this may be the name of a helper.
    public boolean isSimple() {
      return parts.size() == 1 && !scoped && depth == 0 && !data;
    }
  }

  /// `"text"`, `12`, `1.5`, `true`, `null`, `undefined`.
  ///
  /// @param value a string, Long, Double, Boolean or null
  /// @param undefined whether it is the word `undefined`
  record Literal(@Nullable Object value, boolean undefined, String original, Range range)
      implements HandlebarsExpr {}

  /// `helper argument key=value`, in parentheses when it stands inside another expression.
  record Call(HandlebarsExpr callee, List<HandlebarsExpr> arguments, List<Named> hash, Range range)
      implements HandlebarsExpr {
    /// The helper that this calls, if it calls one: of a path only the first name counts.
    String helper() {
      return switch (callee) {
        case Path p -> p.parts().isEmpty() ? p.original() : p.parts().getFirst();
        case Literal l -> l.original();
        case Call c -> "";
      };
    }

    /// Whether this can only be the call of a helper.
    public boolean hasArguments() {
      return !arguments.isEmpty() || !hash.isEmpty();
    }
  }

  /// An argument with a name.
  ///
  /// @param nameRange of the name alone
  record Named(String name, Range nameRange, HandlebarsExpr value) {}
}
