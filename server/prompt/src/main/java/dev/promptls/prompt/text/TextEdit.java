package dev.promptls.prompt.text;

/// The replacement of a stretch of a text.
///
/// @param span in the text before the edit
public record TextEdit(Span span, String replacement) {
  /// How much longer the text becomes, in UTF-16 units; negative if shorter.
  public int growth() {
    return replacement.length() - span.length();
  }
}
