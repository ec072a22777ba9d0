package dev.promptls.prompt.check;

import dev.promptls.prompt.syntax.Format;
import dev.promptls.prompt.syntax.RoleLine;
import dev.promptls.prompt.syntax.Severity;
import dev.promptls.prompt.syntax.Tag;
import dev.promptls.prompt.text.Blanks;
import dev.promptls.prompt.text.Span;
import dev.promptls.prompt.text.TextEdit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A line of a Prompty body that is all but a role line: `usr:`. It begins no message and is sent
/// as text.
final class MisspeltRole implements LineRule {
  private static final int SHORTEST_WORD = 3;
  private static final int LONGEST_WORD = 12;

  private static final Pattern LINE =
      Pattern.compile(
          "(?:#[ \\t]*)?([A-Za-z]{%d,%d})(?:\\[[^\\]]*\\])?[ \\t]*:[ \\t]*"
              .formatted(SHORTEST_WORD, LONGEST_WORD));

  /// Words that are as near to a role and mean themselves.
  private static final Set<String> WORDS =
      Set.of(
          "use",
          "used",
          "users",
          "uses",
          "systems",
          "assistants",
          "assistance",
          "assisting",
          "resistant",
          "develop",
          "developed",
          "developers",
          "develops");

  /// Of what such a line is at most, in UTF-16 units.
  private static final int LONGEST = 200;

  @Override
  public String code() {
    return "misspelt-role";
  }

  @Override
  public Severity severity() {
    return Severity.WARNING;
  }

  @Override
  public String summary() {
    return "A line that would begin a message if its role were spelt right.";
  }

  @Override
  public List<Finding> check(Lines lines) {
    List<Finding> findings = new ArrayList<>();
    int at = lines.indexOf(":", lines.start());
    while (at >= 0) {
      if (endsWord(lines, at) && endsLine(lines, at + 1)) {
        check(lines.text(), lines.line(at), findings);
      }
      at = lines.indexOf(":", at + 1);
    }
    return findings;
  }

  /// Whether a word of a role's length stands before a colon, or a bracket: most labels are passed
  /// over by this look alone.
  private static boolean endsWord(Lines lines, int colon) {
    String text = lines.text();
    int end = colon;
    while (end > lines.start() && " \t".indexOf(text.charAt(end - 1)) >= 0) {
      end--;
    }
    int start = end;
    while (start > lines.start()
        && end - start <= LONGEST_WORD
        && Character.isLetter(text.charAt(start - 1))) {
      start--;
    }
    int length = end - start;
    return length == 0
        ? end > lines.start() && text.charAt(end - 1) == ']'
        : length >= SHORTEST_WORD && length <= LONGEST_WORD;
  }

  /// Whether nothing but white space is left of a line.
  private static boolean endsLine(Lines lines, int from) {
    int at = from;
    while (at < lines.end() && " \t".indexOf(lines.text().charAt(at)) >= 0) {
      at++;
    }
    return at == lines.end() || "\r\n".indexOf(lines.text().charAt(at)) >= 0;
  }

  private void check(String text, Span line, List<Finding> findings) {
    Matcher matcher = LINE.matcher(text).region(line.start(), line.end());
    if (line.length() <= LONGEST && matcher.matches()) {
      Span name = new Span(matcher.start(1), matcher.end(1));
      String role = role(name.of(text));
      if (role != null) {
        findings.add(found(name, name.of(text), role));
      }
    }
  }

  private static @Nullable String role(String word) {
    String lower = word.toLowerCase(Locale.ROOT);
    return WORDS.contains(lower) || RoleLine.ROLES.contains(lower)
        ? null
        : Spelling.slip(lower, RoleLine.ROLES);
  }

  private Finding found(Span name, String written, String role) {
    String message =
        "%s is no role, so that this line begins no message and is sent; did you mean %s?"
            .formatted(written, role);
    return finding(name, message)
        .fixChangingRendering("Change to " + role, new TextEdit(name, role));
  }

  /// Whether a role line is to be expected there: at the beginning of the body or behind a blank
  /// line, outside of tags.
  @Override
  public boolean counts(Finding finding, Subject subject) {
    Span body = subject.file().body();
    int at = finding.span().start();
    if (subject.file().format() != Format.PROMPTY || !body.contains(finding.span())) {
      return false;
    }
    int before = subject.tagFrom(at) - 1;
    Tag tag = before < 0 ? null : subject.tags().get(before);
    boolean inTag = tag != null && tag.span().end() > at;
    int line = subject.file().lines().line(at);
    return !inTag && (line == 0 || isBlank(subject, line - 1));
  }

  private static boolean isBlank(Subject subject, int line) {
    Span span = subject.file().lines().lineSpan(line);
    return span.start() < subject.file().body().start()
        || Blanks.isBlank(subject.text(), span.start(), span.end());
  }
}
