package dev.promptls.template;

import java.util.List;

/// What an editor asks of a template: the names it uses and where, in the order of the source.
///
/// @param variables every use of a variable
/// @param calls helpers, filters, tests and functions by name
/// @param partials references to other templates
/// @param blocks from opening to closing tag
public record Outline(
    List<Variable> variables, List<Call> calls, List<Partial> partials, List<Block> blocks) {
  /// A use of a variable.
  ///
  /// @param name the variable
  /// @param path what is looked up in it, as far as the template names it
  /// @param local whether the template itself gives it its value, or an unknown context does
  ///   (inside `each` and `with`), so that it is no input
  public record Variable(String name, List<String> path, boolean local, Range range) {}

  /// A use of a helper, filter, test or function.
  ///
  /// @param kind what is called
  public record Call(Kind kind, String name, Range range) {
    /// The kinds of things that are called by name.
    public enum Kind {
      HELPER,
      FILTER,
      TEST,
      FUNCTION
    }
  }

  /// A reference to another template by its name.
  public record Partial(String name, Range range) {}

  /// A block.
  ///
  /// @param name of its opening tag
  public record Block(String name, Range range) {}
}
