package dev.promptls.prompt.check;

import dev.promptls.prompt.render.TemplateFaults;
import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.syntax.Severity;
import dev.promptls.prompt.syntax.Tag;
import dev.promptls.prompt.text.Span;
import dev.promptls.template.TemplateException;
import java.util.List;

/// A template that cannot be read for a reason that no single tag shows. Only for templates of
/// ordinary size: of larger ones, all of which would be read after each keystroke, rendering tells.
final class TemplateFailed implements FileRule {
  private static final int MAX_LENGTH = 1 << 16;
  private static final UnbalancedBlock BLOCKS = new UnbalancedBlock();
  private static final TemplateSyntax TAGS = new TemplateSyntax();

  @Override
  public String code() {
    return "template-failed";
  }

  @Override
  public Severity severity() {
    return Severity.ERROR;
  }

  @Override
  public String summary() {
    return "A template that fails as a whole, whatever the inputs.";
  }

  @Override
  public List<Finding> check(Subject subject) {
    PromptFile file = subject.file();
    Span template = file.template();
    if (template.length() > MAX_LENGTH || template.isEmpty()) {
      return List.of();
    }
    TemplateException fault = TemplateLanguage.of(file).fault(template.of(file.text()));
    if (fault == null || isTold(subject)) {
      return List.of();
    }
    return List.of(finding(TemplateFaults.span(file, fault), String.valueOf(fault.getMessage())));
  }

  /// Whether other rules say why.
  private static boolean isTold(Subject subject) {
    if (!BLOCKS.check(subject).isEmpty()) {
      return true;
    }
    for (Tag tag : subject.tags()) {
      if (!TAGS.check(tag, subject.file()).isEmpty()) {
        return true;
      }
    }
    return false;
  }
}
