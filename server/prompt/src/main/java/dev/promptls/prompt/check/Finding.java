package dev.promptls.prompt.check;

import dev.promptls.prompt.syntax.Problem;
import dev.promptls.prompt.syntax.Severity;
import dev.promptls.prompt.text.Span;
import dev.promptls.prompt.text.TextEdit;
import java.util.ArrayList;
import java.util.List;

/// Something that is wrong with a prompt file.
///
/// @param code of the rule
/// @param message one sentence: what, and what to do
/// @param fixes the best first; empty if none is safe
/// @param related other places that belong to it
/// @param nature what the place is, beside being wrong
public record Finding(
    String code,
    Span span,
    Severity severity,
    String message,
    List<Fix> fixes,
    List<Related> related,
    Nature nature)
    implements Placed<Finding> {
  public Finding {
    fixes = List.copyOf(fixes);
    related = List.copyOf(related);
  }

  /// What editors can show of a place at one glance.
  public enum Nature {
    ORDINARY,
    /// It has no effect.
    UNNECESSARY,
    /// It works, but something else has taken its place.
    DEPRECATED
  }

  /// Another place, and what it has to do with the finding.
  public record Related(Span span, String message) {}

  public static Finding of(String code, Span span, Severity severity, String message) {
    return new Finding(code, span, severity, message, List.of(), List.of(), Nature.ORDINARY);
  }

  /// What a reader or renderer met.
  public static Finding of(Problem problem) {
    return of(problem.code(), problem.span(), problem.severity(), problem.message());
  }

  Finding fix(Fix fix) {
    List<Fix> more = new ArrayList<>(fixes);
    more.add(fix);
    return new Finding(code, span, severity, message, more, related, nature);
  }

  /// This finding with a fix that leaves what is sent as it is.
  Finding fixKeepingRendering(String title, TextEdit... edits) {
    return fix(new Fix(title, List.of(edits), true));
  }

  /// This finding with a fix that changes what is sent.
  Finding fixChangingRendering(String title, TextEdit... edits) {
    return fix(new Fix(title, List.of(edits), false));
  }

  Finding related(Span place, String said) {
    List<Related> more = new ArrayList<>(related);
    more.add(new Related(place, said));
    return new Finding(code, span, severity, message, fixes, more, nature);
  }

  Finding severity(Severity value) {
    return value == severity
        ? this
        : new Finding(code, span, value, message, fixes, related, nature);
  }

  Finding withoutFixes() {
    return fixes.isEmpty()
        ? this
        : new Finding(code, span, severity, message, List.of(), related, nature);
  }

  /// This finding with fixes that promise nothing of what is sent.
  Finding promisingNothing() {
    return fixes.isEmpty()
        ? this
        : new Finding(
            code,
            span,
            severity,
            message,
            fixes.stream().map(fix -> new Fix(fix.title(), fix.edits(), false)).toList(),
            related,
            nature);
  }

  Finding nature(Nature value) {
    return new Finding(code, span, severity, message, fixes, related, value);
  }

  @Override
  public Finding shift(int by) {
    return by == 0
        ? this
        : new Finding(
            code,
            span.shift(by),
            severity,
            message,
            fixes.stream().map(fix -> fix.shift(by)).toList(),
            related.stream().map(r -> new Related(r.span().shift(by), r.message())).toList(),
            nature);
  }
}
