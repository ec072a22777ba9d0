package dev.promptls.prompt.syntax;

import dev.promptls.prompt.text.Shiftable;
import dev.promptls.prompt.text.Span;
import org.jspecify.annotations.Nullable;

/// A message as it stands in the source, before rendering.
///
/// @param role `system`, `user`, `model` … as the format's reference names it
/// @param roleSpan the role's name, null where it is implied
/// @param span with the role marker
/// @param content without it, white space at the borders included
/// @param coding what the content says, where it is written with quotes, escapes or indentation;
///   null where it is the source itself
/// @param row which of the file's conversations it belongs to, from 0
/// @param attributes what the role marker says beside the role, null if nothing
public record MessageNode(
    String role,
    @Nullable Span roleSpan,
    Span span,
    Span content,
    @Nullable Decoded coding,
    int row,
    @Nullable Span attributes)
    implements Shiftable<MessageNode> {
  public MessageNode(
      String role,
      @Nullable Span roleSpan,
      Span span,
      Span content,
      @Nullable Decoded coding,
      int row) {
    this(role, roleSpan, span, content, coding, row, null);
  }

  public MessageNode(String role, @Nullable Span roleSpan, Span span, Span content) {
    this(role, roleSpan, span, content, null, 0, null);
  }

  @Override
  public MessageNode shifted(int by, int index) {
    return by == 0
        ? this
        : new MessageNode(
            role,
            roleSpan == null ? null : roleSpan.shift(by),
            span.shift(by),
            content.shift(by),
            coding,
            row,
            attributes == null ? null : attributes.shift(by));
  }

  /// Whether no role marker stands before it.
  public boolean implied() {
    return roleSpan == null;
  }

  /// What the content says, null where that is the source itself.
  public @Nullable String decoded() {
    return coding == null ? null : coding.text();
  }

  /// What the content says.
  ///
  /// @param text of the whole file
  public String said(String text) {
    return coding == null ? content.of(text) : coding.text();
  }

  /// Where a stretch of what is [#said(String)] stands in the file.
  public Span source(Span said) {
    return (coding == null ? said : coding.source(said)).shift(content.start());
  }
}
