package dev.promptls.prompt.workspace;

import dev.promptls.prompt.text.Span;

/// A place that names a [Symbol].
///
/// @param path of the file
/// @param span of the name alone
public record Occurrence(String path, Span span, Role role) {
  /// What the place does.
  public enum Role {
    /// It says that there is such a thing.
    DECLARATION,
    /// It gives a value.
    VALUE,
    /// It uses it.
    USE
  }
}
