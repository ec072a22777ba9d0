package dev.promptls.prompt.check;

import dev.promptls.prompt.render.TemplateFaults;
import dev.promptls.prompt.syntax.Format;
import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.syntax.Severity;
import dev.promptls.prompt.text.Span;
import dev.promptls.template.Handlebars;
import dev.promptls.template.TemplateException;
import java.util.List;

/// A body that is no Handlebars: blocks that are not closed, tags that are not finished.
final class TemplateSyntax implements FileRule {
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
    return "A template that cannot be read: a block that is not closed, a tag that is not finished.";
  }

  @Override
  public List<Finding> check(Subject subject) {
    PromptFile file = subject.file();
    if (file.format() != Format.DOTPROMPT) {
      return List.of();
    }
    try {
      Handlebars.parse(file.template().of(file.text()), Handlebars.Options.plain());
      return List.of();
    } catch (TemplateException e) {
      Span span = TemplateFaults.span(file, e);
      String message = String.valueOf(e.getMessage());
      return List.of(finding(span, message));
    }
  }
}
