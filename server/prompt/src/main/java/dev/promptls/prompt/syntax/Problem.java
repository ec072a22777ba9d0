package dev.promptls.prompt.syntax;

import dev.promptls.prompt.text.Shiftable;
import dev.promptls.prompt.text.Span;

/// A finding in a prompt file.
///
/// @param code stable name of the rule, in kebab case
/// @param message one sentence: what, and what to do
public record Problem(String code, Span span, Severity severity, String message)
    implements Shiftable<Problem> {
  @Override
  public Problem shifted(int by, int index) {
    return by == 0 ? this : new Problem(code, span.shift(by), severity, message);
  }
}
