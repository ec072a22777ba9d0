package dev.promptls.template.jinja;

import org.jspecify.annotations.Nullable;

/// A piece of a rendered text and whose words it is: the template's or a value's
/// (microsoft/prompty, `spec/jinja-grammar.md` §7).
///
/// @param source the variable that an interpolation is, or that its path begins with; null for
///   other expressions and for template text
/// @param strict whether that variable was named as one whose value must not look like a role line
public record Segment(Kind kind, String text, @Nullable String source, boolean strict) {
  /// Whose words a piece is.
  public enum Kind {
    /// The template's.
    LITERAL,
    /// A value's.
    INTERPOLATION
  }
}
