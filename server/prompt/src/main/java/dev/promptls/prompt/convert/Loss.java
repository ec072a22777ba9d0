package dev.promptls.prompt.convert;

import dev.promptls.prompt.text.Span;

/// Something that a conversion cannot carry over.
///
/// @param what in a few words, such as `the loop over examples`
/// @param where in the file that is converted
/// @param message one sentence that says what is lost and why
public record Loss(String what, Span where, String message) {}
