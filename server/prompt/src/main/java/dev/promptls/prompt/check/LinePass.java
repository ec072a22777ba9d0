package dev.promptls.prompt.check;

import dev.promptls.prompt.text.LineIndex;
import dev.promptls.prompt.text.Span;
import dev.promptls.prompt.text.TextEdit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/// What single lines give: findings, and comments that switch rules off.
final class LinePass {
  private LinePass() {}

  /// A finding with the rule that knows whether it counts at its place.
  record Found(LineRule rule, Finding finding) implements Placed<Found> {
    @Override
    public Span span() {
      return finding.span();
    }

    @Override
    public Found shift(int by) {
      return new Found(rule, finding.shift(by));
    }

    boolean countsIn(Subject subject) {
      return rule.counts(finding, subject);
    }
  }

  /// @param findings in source order
  /// @param tokens the model's special ones that were looked for
  record Result(List<Found> findings, List<Directive> directives, Set<String> tokens) {
    /// What the lines give after an edit.
    Result after(TextEdit edit, LineIndex before, LineIndex now) {
      // A line break may lose or gain its other half at the borders: look one unit further.
      int start = Math.max(0, edit.span().start() - 1);
      int end = edit.span().end() + 1;
      int from = now.line(start);
      int to = now.line(end + edit.growth()) + 1;
      int behind = before.line(end) + 1;
      boolean last = behind >= before.lineCount();
      int rest = last ? Integer.MAX_VALUE : before.lineStart(behind);
      Result fresh = of(now, from, to, tokens);
      int until = now.lineStart(from);
      return new Result(
          Placed.splice(findings, until, fresh.findings(), rest, edit.growth()),
          Placed.splice(directives, until, fresh.directives(), rest, edit.growth()),
          tokens);
    }
  }

  /// What some lines give.
  static Result of(LineIndex lines, int from, int to, Set<String> tokens) {
    Lines stretch = Lines.of(lines, from, to, tokens);
    List<Found> findings = new ArrayList<>();
    for (LineRule rule : Checks.LINE_RULES) {
      for (Finding finding : rule.check(stretch)) {
        findings.add(new Found(rule, finding));
      }
    }
    findings.sort(Comparator.comparingInt(found -> found.span().start()));
    return new Result(findings, directives(stretch), tokens);
  }

  private static List<Directive> directives(Lines lines) {
    List<Directive> directives = new ArrayList<>();
    int at = lines.indexOf(Directive.WORD, lines.start());
    while (at >= 0) {
      Span line = lines.line(at);
      directives.addAll(Directive.in(lines.text(), line));
      at = lines.indexOf(Directive.WORD, line.end());
    }
    return directives;
  }
}
