package dev.promptls.prompt.check;

import dev.promptls.prompt.syntax.Format;
import dev.promptls.prompt.syntax.MessageNode;
import dev.promptls.prompt.syntax.Severity;
import dev.promptls.prompt.text.Span;
import dev.promptls.prompt.text.TextEdit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// White space at the end of the last message, where the answer begins. Most words of a model's
/// vocabulary begin with a space of their own, so that after a space it must choose among the rest.
final class TrailingSpace implements FileRule {
  @Override
  public String code() {
    return "trailing-space";
  }

  @Override
  public Severity severity() {
    return Severity.WARNING;
  }

  @Override
  public String summary() {
    return "A space before the answer, which changes how the answer is cut into tokens.";
  }

  @Override
  public List<Finding> check(Subject subject) {
    if (subject.messages().isEmpty() || isRows(subject.file().format())) {
      return List.of();
    }
    MessageNode last = subject.messages().getLast();
    Span dropped = dropped(subject.text(), last);
    if (dropped != null) {
      String message =
          "The space before the answer is dropped here, but other formats send it; remove it.";
      return List.of(
          finding(dropped, message)
              .severity(Severity.HINT)
              .fixKeepingRendering("Remove the space", new TextEdit(dropped, "")));
    }
    String said = last.said(subject.text());
    Span sent = sent(said);
    return sent.isEmpty() ? List.of() : List.of(found(last.source(sent), subject.text()));
  }

  private Finding found(Span span, String text) {
    String message =
        "A space stands before the answer and changes how it is cut into tokens; remove it.";
    Finding finding = finding(span, message);
    // An escape such as \x20 is left to the author.
    boolean itself = !span.isEmpty() && span.of(text).isBlank();
    return itself
        ? finding.fixChangingRendering("Remove the space", new TextEdit(span, ""))
        : finding;
  }

  /// The space behind a label at the end of a body that is trimmed; null if there is none.
  private static @Nullable Span dropped(String text, MessageNode last) {
    int start = last.content().end();
    int end = start;
    while (end < text.length() && isSpace(text.charAt(end))) {
      end++;
    }
    boolean ended = end == text.length() || text.charAt(end) == '\n' || text.charAt(end) == '\r';
    boolean label = start > 0 && ":>：→⇒".indexOf(text.charAt(start - 1)) >= 0;
    return last.decoded() == null && end > start && ended && label ? new Span(start, end) : null;
  }

  /// The space at the end of a text, before line breaks.
  private static Span sent(String said) {
    int end = said.length();
    while (end > 0 && (said.charAt(end - 1) == '\n' || said.charAt(end - 1) == '\r')) {
      end--;
    }
    int start = end;
    while (start > 0 && isSpace(said.charAt(start - 1))) {
      start--;
    }
    return start == 0 ? Span.at(0) : new Span(start, end);
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\t' || c == '\u00a0';
  }

  private static boolean isRows(Format format) {
    return format == Format.OPENAI || format == Format.ALPACA || format == Format.SHAREGPT;
  }
}
