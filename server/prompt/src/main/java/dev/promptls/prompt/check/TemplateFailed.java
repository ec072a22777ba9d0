package dev.promptls.prompt.check;

import dev.promptls.prompt.render.PartialResolver;
import dev.promptls.prompt.render.RenderOptions;
import dev.promptls.prompt.render.Renderer;
import dev.promptls.prompt.render.TemplateFaults;
import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.syntax.Severity;
import dev.promptls.prompt.syntax.Tag;
import dev.promptls.prompt.text.Span;
import dev.promptls.template.TemplateException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A template that cannot be read for a reason that no single tag shows, or that takes more to
/// render than any may. Only for files of ordinary size: of larger ones, all of which would be read
/// after each keystroke, rendering tells.
final class TemplateFailed implements LastRule {
  private static final int MAX_LENGTH = 1 << 16;

  /// Steps and characters bound it: what is found must not depend on the machine.
  private static final RenderOptions UNHURRIED = RenderOptions.DEFAULT.patient();

  /// The rules that say why a template cannot be read.
  private static final List<String> UNREADABLE = List.of("unbalanced-block", "template-syntax");

  private static final String ENDLESS = "partial-cycle";

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
  public boolean asksSurroundings() {
    return true;
  }

  @Override
  public List<Finding> check(Subject subject, Set<String> told) {
    PromptFile file = subject.file();
    Span template = file.template();
    if (template.length() > MAX_LENGTH || template.isEmpty()) {
      return List.of();
    }
    TemplateException fault = TemplateLanguage.of(file).fault(template.of(file.text()));
    if (fault != null && UNREADABLE.stream().anyMatch(told::contains)) {
      return List.of();
    }
    if (fault == null && !told.contains(ENDLESS)) {
      fault = spent(subject);
    }
    if (fault == null) {
      return List.of();
    }
    return List.of(finding(TemplateFaults.span(file, fault), String.valueOf(fault.getMessage())));
  }

  /// What a rendering with the file's own values is stopped by.
  private static @Nullable TemplateException spent(Subject subject) {
    PromptFile file = subject.file();
    boolean mayCost =
        TemplateLanguage.of(file) == TemplateLanguage.JINJA
            ? !subject.tags().isEmpty()
            : subject.tags().stream().anyMatch(TemplateFailed::mayRepeat);
    if (!mayCost || file.text().length() > MAX_LENGTH) {
      return null;
    }
    PartialResolver partials = subject.surroundings().partials();
    return Renderer.spent(file, partials == null ? UNHURRIED : UNHURRIED.withPartials(partials));
  }

  private static boolean mayRepeat(Tag tag) {
    return tag.kind() == Tag.Kind.OPEN || tag.kind() == Tag.Kind.PARTIAL;
  }
}
