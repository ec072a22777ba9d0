package dev.promptls.prompt.check;

import dev.promptls.prompt.syntax.Severity;
import dev.promptls.prompt.text.Span;
import dev.promptls.prompt.text.TextEdit;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Braces that look like a tag but open or close none: `{ name }}`, or `}}` on its own. They are
/// sent as they stand. The closing braces of JSON and code are left alone.
final class StrayBraces implements LineRule {
  private static final Pattern HALF_OPEN =
      Pattern.compile("(?<![{$\\\\])\\{ ?([A-Za-z_][\\w.]*) ?\\}\\}(?!\\})");
  private static final Pattern ALONE = Pattern.compile("(?<=[\\w.,:;!?)] )\\}\\}(?!\\})");

  @Override
  public String code() {
    return "stray-braces";
  }

  @Override
  public Severity severity() {
    return Severity.ERROR;
  }

  @Override
  public String summary() {
    return "Braces that close no tag.";
  }

  @Override
  public List<Finding> check(Lines lines) {
    List<Finding> findings = new ArrayList<>();
    int at = lines.indexOf("}}", lines.start());
    while (at >= 0) {
      if (mayBeStray(lines.text(), at)) {
        Span line = lines.line(at);
        check(lines.text(), line, findings);
        at = lines.indexOf("}}", line.end());
      } else {
        at = lines.indexOf("}}", at + 1);
      }
    }
    return findings;
  }

  /// Whether the text before two braces is that before stray ones, as far as one sees at a glance.
  private static boolean mayBeStray(String text, int braces) {
    int at = braces;
    if (at > 0 && text.charAt(at - 1) == ' ') {
      at--;
    }
    boolean apart = at < braces && at > 0 && text.charAt(at - 1) != '}';
    while (at > 0 && isOfName(text.charAt(at - 1))) {
      at--;
    }
    int blank = at > 0 && text.charAt(at - 1) == ' ' ? 1 : 0;
    int open = at - blank - 1;
    boolean half =
        open >= 0 && text.charAt(open) == '{' && (open == 0 || text.charAt(open - 1) != '{');
    return half || apart;
  }

  private static boolean isOfName(char c) {
    return (c < 128 && Character.isLetterOrDigit(c)) || c == '_' || c == '.';
  }

  private void check(String text, Span line, List<Finding> findings) {
    Matcher half = HALF_OPEN.matcher(text).region(line.start(), line.end());
    while (half.find()) {
      Span span = new Span(half.start(), half.end());
      String message =
          "This opens with one brace and closes with two, so it is sent as it stands; write {{%s}}."
              .formatted(Names.shown(half.group(1)));
      findings.add(
          finding(span, message)
              .fixChangingRendering(
                  "Write {{" + Names.shown(half.group(1)) + "}}",
                  new TextEdit(span, "{{" + half.group(1) + "}}")));
    }
    if (text.indexOf('{', line.start(), line.end()) < 0) {
      Matcher alone = ALONE.matcher(text).region(line.start(), line.end());
      while (alone.find()) {
        String message = "These braces close no tag; remove them, or write {{ before them.";
        findings.add(finding(new Span(alone.start(), alone.end()), message));
      }
    }
  }

  @Override
  public boolean counts(Finding finding, Subject subject) {
    if (TemplateLanguage.of(subject.file()) == TemplateLanguage.NONE
        || !subject.file().template().contains(finding.span())) {
      return false;
    }
    int next = subject.tagFrom(finding.span().start());
    int at = finding.span().start();
    return next == 0 || subject.tags().get(next - 1).span().end() <= at;
  }
}
