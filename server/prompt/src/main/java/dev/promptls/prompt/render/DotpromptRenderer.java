package dev.promptls.prompt.render;

import dev.promptls.prompt.schema.SchemaException;
import dev.promptls.prompt.syntax.Format;
import dev.promptls.prompt.syntax.FrontMatter;
import dev.promptls.prompt.syntax.Problem;
import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.syntax.YamlNode;
import dev.promptls.template.Rendering;
import dev.promptls.template.TemplateException;
import dev.promptls.template.handlebars.Handlebars;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Renders dotprompt as its reference implementation does (google/dotprompt, `dotprompt.ts`), but
/// that the front matter's own defaults take part.
final class DotpromptRenderer implements FormatRenderer {
  @Override
  public boolean renders(Format format) {
    return format == Format.DOTPROMPT;
  }

  @Override
  public Map<String, @Nullable Object> metadata(
      PromptFile file, RenderOptions options, Consumer<Problem> problems) throws SchemaException {
    return Metadata.of(file, options.options(), options);
  }

  @Override
  public List<Message> messages(
      PromptFile file,
      RenderOptions options,
      Map<String, ? extends @Nullable Object> metadata,
      Consumer<Problem> problems)
      throws TemplateException, SchemaException {
    Rendering rendering =
        Handlebars.render(
            file.template().of(file.text()),
            DotpromptHelpers.options(options.partials()),
            variables(file, options),
            context(file, options),
            options.fuel());
    OriginMap origins = new OriginMap(rendering.sources(), file.template().start());
    return MessageCutter.cut(rendering.text(), origins, options.data().messages());
  }

  /// The front matter's defaults under those of the options under the data.
  private static Map<String, @Nullable Object> variables(PromptFile file, RenderOptions options) {
    Map<String, @Nullable Object> variables = new LinkedHashMap<>();
    FrontMatter frontMatter = file.frontMatter();
    YamlNode defaults = file.at("input", "default");
    if (frontMatter != null && frontMatter.valid() && defaults != null) {
      variables.putAll(Metadata.copy(defaults.value()));
    }
    if (options.options().get("input") instanceof Map<?, ?> input) {
      variables.putAll(Metadata.copy(input.get("default")));
    }
    variables.putAll(options.data().input());
    return variables;
  }

  /// The `@` variables.
  private static Map<String, @Nullable Object> context(PromptFile file, RenderOptions options)
      throws SchemaException {
    Map<String, @Nullable Object> prompt = Metadata.of(file, Map.of(), options);
    prompt.remove("input");
    FrontMatter frontMatter = file.frontMatter();
    if (frontMatter != null && frontMatter.valid()) {
      prompt.put("raw", frontMatter.values());
    }
    Map<String, @Nullable Object> metadata = new LinkedHashMap<>();
    metadata.put("prompt", prompt);
    List<?> docs = options.data().docs();
    if (docs != null) {
      metadata.put("docs", docs);
    }
    List<Message> messages = options.data().messages();
    if (messages != null) {
      metadata.put("messages", messages.stream().map(Message::toMap).toList());
    }
    Map<String, @Nullable Object> context = new LinkedHashMap<>();
    context.put("metadata", metadata);
    context.putAll(options.data().context());
    return context;
  }
}
