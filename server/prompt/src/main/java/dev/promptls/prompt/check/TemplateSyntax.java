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
    if (language == TemplateLanguage.NONE || language.isPlain(text)) {
      return List.of();
    }
    String alone = language.alone(tag, text, tag.nameSpan().of(file.text()));
    if (alone.isEmpty()) {
      return List.of();
    }
    if (!text.endsWith("}")) {
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
}
