package dev.promptls.app;

import dev.promptls.app.Console.Style;
import dev.promptls.prompt.check.Finding;
import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.syntax.Severity;
import dev.promptls.prompt.text.Encoding;
import dev.promptls.prompt.text.Position;
import dev.promptls.prompt.text.Span;
import java.util.List;
import java.util.Locale;

/// Findings for people: a line each, `path:line:column severity code message`, and on a terminal
/// the line they speak of.
final class LintText {
  /// Columns of a line that are shown.
  private static final int WIDTH = 100;

  private final Console console;

  LintText(Console console) {
    this.console = console;
  }

  void print(List<Linted> files) {
    for (Linted linted : files) {
      for (Finding finding : linted.findings()) {
        print(linted, finding);
      }
    }
  }

  private void print(Linted linted, Finding finding) {
    PromptFile file = linted.file();
    Position start = file.lines().position(finding.span().start(), Encoding.UTF16);
    String place = "%s:%d:%d".formatted(linted.path(), start.line() + 1, start.character() + 1);
    String severity = finding.severity().name().toLowerCase(Locale.ROOT);
    console.line(
        "%s %s %s %s"
            .formatted(
                console.styled(Style.BOLD, place),
                console.styled(style(finding.severity()), severity),
                console.styled(Style.DIM, finding.code()),
                finding.message()));
    if (console.terminalOut()) {
      excerpt(file, finding.span(), start);
    }
  }

  /// The line with a mark below the place.
  private void excerpt(PromptFile file, Span place, Position start) {
    Span line = file.lines().lineSpan(start.line());
    int from = line.start() + Math.max(0, start.character() - WIDTH / 2);
    int to = Math.min(line.end(), from + WIDTH);
    int end = Math.clamp(place.end(), place.start(), Math.max(place.start(), to));
    String number = String.valueOf(start.line() + 1);
    String before = blank(file.text().substring(from, Math.min(place.start(), to)));
    String marks = "^".repeat(Math.max(1, end - place.start()));
    String gutter = console.styled(Style.DIM, " ".repeat(number.length() + 2) + "| ");
    console.line(console.styled(Style.DIM, " " + number + " | ") + shown(file, from, to));
    console.line(gutter + before + console.styled(Style.WARNING, marks));
  }

  private static String shown(PromptFile file, int from, int to) {
    return file.text()
        .substring(from, Math.max(from, to))
        .replace('\t', ' ')
        .replaceAll("\\p{Cntrl}", "·");
  }

  private static String blank(String text) {
    return " ".repeat(text.length());
  }

  /// How many there are, for the end of a report.
  static String summary(List<Linted> files) {
    long errors = files.stream().mapToLong(file -> file.count(Severity.ERROR)).sum();
    long warnings = files.stream().mapToLong(file -> file.count(Severity.WARNING)).sum();
    long all = files.stream().mapToLong(file -> file.findings().size()).sum();
    long fixable = files.stream().mapToLong(Linted::fixable).sum();
    if (all == 0) {
      return "Nothing to report in %s.".formatted(number(files.size(), "file"));
    }
    String fixes = fixable == 0 ? "" : " %d can be mended with --fix.".formatted(fixable);
    return "%s, %s and %s in %s.%s"
        .formatted(
            number(errors, "error"),
            number(warnings, "warning"),
            number(all - errors - warnings, "remark"),
            number(files.size(), "file"),
            fixes);
  }

  private static String number(long count, String what) {
    return count + " " + what + (count == 1 ? "" : "s");
  }

  private static Style style(Severity severity) {
    return switch (severity) {
      case ERROR -> Style.BAD;
      case WARNING -> Style.WARNING;
      case INFORMATION, HINT -> Style.DIM;
    };
  }
}
