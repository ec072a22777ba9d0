package dev.promptls.prompt.check;

import dev.promptls.prompt.syntax.Severity;
import dev.promptls.prompt.syntax.Tag;
import dev.promptls.prompt.syntax.YamlNode;
import dev.promptls.prompt.text.Span;
import dev.promptls.prompt.vocabulary.SpecialTokens;
import java.util.List;

/// A special token of a model typed in the text: the chat template writes these itself, and one
/// more ends the message or begins another.
final class SpecialToken implements LineRule {
  @Override
  public String code() {
    return "special-token";
  }

  @Override
  public Severity severity() {
    return Severity.WARNING;
  }

  @Override
  public String summary() {
    return "A special token of a model, typed in the text.";
  }

  @Override
  public List<Finding> check(Lines lines) {
    return SpecialTokens.in(lines.text(), lines.span(), lines.specialTokens()).stream()
        .map(token -> found(token.of(lines.text()), token))
        .toList();
  }

  private Finding found(String token, Span span) {
    String message =
        "%s is a special token of a model, not text; remove it, the chat template writes such tokens itself."
            .formatted(Names.shown(token));
    return finding(span, message);
  }

  @Override
  public boolean counts(Finding finding, Subject subject) {
    return isSent(finding.span(), subject);
  }

  /// Whether text at a place is sent: it is no comment, and in the settings it is the value of an
  /// input or a message.
  static boolean isSent(Span span, Subject subject) {
    int before = subject.tagFrom(span.start() + 1) - 1;
    if (before >= 0) {
      Tag tag = subject.tags().get(before);
      if (tag.kind() == Tag.Kind.COMMENT && tag.span().contains(span)) {
        return false;
      }
    }
    if (!subject.settings().contains(span)) {
      return true;
    }
    YamlNode defaults = subject.file().at("input", "default");
    return (defaults != null && defaults.span().contains(span))
        || subject.file().messages().stream().anyMatch(m -> m.content().contains(span));
  }
}
