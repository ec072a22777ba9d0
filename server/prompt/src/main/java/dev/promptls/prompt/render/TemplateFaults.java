package dev.promptls.prompt.render;

import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.syntax.Tag;
import dev.promptls.prompt.text.Span;
import dev.promptls.template.TemplateException;
import dev.promptls.template.handlebars.Handlebars;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where in a file a template's fault is.
public final class TemplateFaults {
  private TemplateFaults() {}

  /// Why a dotprompt template fails where it is given nothing; null if it does not.
  public static @Nullable TemplateException withoutInputs(String template) {
    try {
      Handlebars.render(
          template,
          DotpromptHelpers.options(PartialResolver.NONE),
          Map.of(),
          Map.of(),
          RenderOptions.DEFAULT.patient().fuel());
      return null;
    } catch (TemplateException e) {
      return e;
    }
  }

  /// The span of the fault; for one inside a partial, that of the tag which includes it.
  public static Span span(PromptFile file, TemplateException fault) {
    Span template = file.template();
    if (fault.template().isEmpty()) {
      int start = Math.clamp(template.start() + fault.start(), 0, template.end());
      int end = Math.clamp(template.start() + (long) fault.end(), start, template.end());
      return new Span(start, end);
    }
    for (Tag tag : file.tags()) {
      if (tag.kind() == Tag.Kind.PARTIAL && tag.name().equals(fault.template())) {
        return tag.span();
      }
    }
    return Span.at(template.start());
  }
}
