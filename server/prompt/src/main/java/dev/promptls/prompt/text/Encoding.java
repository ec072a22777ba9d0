package dev.promptls.prompt.text;

/// What a column counts.
public enum Encoding {
  /// Bytes; an unpaired surrogate counts 3, as the replacement character does.
  UTF8,
  /// `char`s.
  UTF16,
  /// Code points; an unpaired surrogate counts 1.
  UTF32
}
