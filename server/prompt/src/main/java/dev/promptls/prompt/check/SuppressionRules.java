package dev.promptls.prompt.check;

import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.syntax.Severity;
import dev.promptls.prompt.text.LineIndex;
import dev.promptls.prompt.text.Span;
import dev.promptls.prompt.text.TextEdit;
import java.util.ArrayList;
import java.util.List;

/// What is wrong with the comments that switch rules off. Applied last, when it is known what they
/// silence.
final class SuppressionRules {
  static final ReportedRule UNKNOWN =
      new ReportedRule(
          "unknown-suppression",
          Severity.WARNING,
          "A comment that switches off a rule which does not exist.");
  static final ReportedRule UNUSED =
      new ReportedRule(
          "unused-suppression",
          Severity.HINT,
          "A comment that switches off a rule which finds nothing there.");

  private SuppressionRules() {}

  static List<Finding> check(PromptFile file, Suppressions suppressions, LintSettings settings) {
    List<Finding> findings = new ArrayList<>();
    for (Directive directive : suppressions.directives()) {
      if (directive.codes().isEmpty() && !suppressions.used(directive)) {
        String message = "This comment silences nothing; remove it.";
        findings.add(unused(file, directive, directive.span(), directive.span(), message));
      }
      for (Directive.Word word : directive.codes()) {
        Rule rule = Checks.rule(word.code());
        if (rule == null) {
          findings.add(unknown(word));
        } else if (!suppressions.used(word)
            && !rule.asksSurroundings()
            && !settings.isOff(rule.code())) {
          boolean alone = directive.codes().size() == 1;
          Span gone = alone ? directive.span() : word.span();
          String message = "The rule " + rule.code() + " finds nothing here; remove its name.";
          findings.add(unused(file, directive, word.span(), gone, message));
        }
      }
    }
    return findings;
  }

  private static Finding unknown(Directive.Word word) {
    String meant = Spelling.nearest(word.code(), Checks.codes());
    String message = "There is no rule " + Names.shown(word.code());
    Finding finding =
        UNKNOWN.finding(
            word.span(),
            meant == null
                ? message + "; remove it or write the code of a finding."
                : message + "; did you mean " + meant + "?");
    return meant == null
        ? finding
        : finding.fixKeepingRendering("Rename to " + meant, new TextEdit(word.span(), meant));
  }

  private static Finding unused(
      PromptFile file, Directive directive, Span place, Span gone, String message) {
    Span cut = gone.equals(directive.span()) ? wholeLine(file.lines(), gone) : gone;
    boolean sent = directive.style() == Directive.Style.MARKUP;
    return UNUSED
        .finding(place, message)
        .nature(Finding.Nature.UNNECESSARY)
        .fix(new Fix("Remove it", List.of(new TextEdit(cut, "")), !sent));
  }

  /// The line with its break, if nothing else stands in it.
  private static Span wholeLine(LineIndex lines, Span span) {
    int line = lines.line(span.start());
    Span whole = lines.lineSpan(line);
    boolean alone = whole.strip(lines.text()).equals(span);
    return alone && line + 1 < lines.lineCount()
        ? new Span(whole.start(), lines.lineStart(line + 1))
        : span;
  }
}
