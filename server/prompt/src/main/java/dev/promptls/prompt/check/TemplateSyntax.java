package dev.promptls.prompt.check;

import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.syntax.Severity;
import dev.promptls.prompt.syntax.Tag;
import dev.promptls.prompt.text.Span;
import dev.promptls.template.TemplateException;
import java.util.List;

/// A tag that cannot be read: it is not finished, or what stands in it makes no sense.
final class TemplateSyntax implements TagRule {
  @Override
  public String code() {
    return "template-syntax";
  }

  @Override
  public Severity severity() {
    return Severity.ERROR;
  }

  @Override
  public String summary() {
    return "A template tag that cannot be read.";
  }

  @Override
  public List<Finding> check(Tag tag, PromptFile file) {
    String text = tag.span().of(file.text());
    TemplateLanguage language = TemplateLanguage.of(file);
    if (language == TemplateLanguage.NONE || isPlain(text)) {
      return List.of();
    }
    String alone = language.alone(tag, text, tag.nameSpan().of(file.text()));
    if (!alone.isEmpty() && !text.endsWith("}")) {
      String message = "This tag is not finished; write " + language.end(text) + " where it ends.";
      return List.of(finding(tag.span(), message));
    }
    TemplateException fault = language.fault(alone);
    if (fault == null) {
      return List.of();
    }
    boolean whole = tag.kind() == Tag.Kind.ELSE || tag.kind() == Tag.Kind.CLOSE;
    int start = Math.clamp(fault.start(), 0, text.length() - 1);
    int end = Math.clamp(fault.end(), start + 1, text.length());
    Span span = whole ? tag.span() : new Span(start, end).shift(tag.span().start());
    return List.of(finding(span, String.valueOf(fault.getMessage())));
  }

  /// Whether a tag is one of the many that are read at a glance: `{{name}}`, `{{role "user"}}`.
  private static boolean isPlain(String text) {
    int end = text.length() - 2;
    if (end < 3 || !text.startsWith("{{") || !text.startsWith("}}", end)) {
      return false;
    }
    int at = word(text, 2, end);
    if (at == 2 || !Character.isLetter(text.charAt(2))) {
      return false;
    }
    if (at < end && text.charAt(at) == ' ') {
      int quote = at + 1;
      if (quote < end - 1 && text.charAt(quote) == '"') {
        int close = word(text, quote + 1, end);
        return close == end - 1 && text.charAt(close) == '"';
      }
    }
    return at == end && !text.equals("{{else}}");
  }

  private static int word(String text, int from, int end) {
    int at = from;
    while (at < end && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) {
      at++;
    }
    return at;
  }
}
