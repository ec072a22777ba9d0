package dev.promptls.prompt.syntax;

import dev.promptls.prompt.text.Span;
import org.jspecify.annotations.Nullable;

/// A message as it stands in the source, before rendering.
///
/// @param role `system`, `user`, `model` … as the format's reference names it
/// @param roleSpan the role's name, null where it is implied
/// @param span with the role marker
/// @param content without it, white space at the borders included
/// @param decoded what the content says, where it is written with quotes, escapes or indentation;
///   null where it is the source itself
public record MessageNode(
    String role, @Nullable Span roleSpan, Span span, Span content, @Nullable String decoded) {
  public MessageNode(String role, @Nullable Span roleSpan, Span span, Span content) {
    this(role, roleSpan, span, content, null);
  }

  /// Whether no role marker stands before it.
  public boolean implied() {
    return roleSpan == null;
  }
}
