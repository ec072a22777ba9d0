package dev.promptls.prompt.render;

import dev.promptls.prompt.syntax.Format;
import dev.promptls.prompt.syntax.InputDeclaration;
import dev.promptls.prompt.syntax.Problem;
import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.syntax.Severity;
import dev.promptls.prompt.syntax.YamlNode;
import dev.promptls.prompt.text.Span;
import dev.promptls.template.Rendering;
import dev.promptls.template.SourceMap;
import dev.promptls.template.TemplateException;
import dev.promptls.template.jinja.Jinja;
import dev.promptls.template.mustache.Mustache;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Renders Prompty as its specification says (microsoft/prompty, `spec/spec.md` §5 and §6), with
/// the Prompty subset of Jinja or with Mustache.
final class PromptyRenderer implements FormatRenderer {
  @Override
  public boolean renders(Format format) {
    return format == Format.PROMPTY;
  }

  @Override
  public Map<String, @Nullable Object> metadata(
      PromptFile file, RenderOptions options, Consumer<Problem> problems) {
    return PromptyMetadata.of(file, options.references(), problems);
  }

  @Override
  public List<Message> messages(
      PromptFile file,
      RenderOptions options,
      Map<String, ? extends @Nullable Object> metadata,
      Consumer<Problem> problems)
      throws TemplateException {
    Map<?, ?> template = Metadata.copy(metadata.get("template"));
    Map<?, ?> format = Metadata.copy(template.get("format"));
    Object parser = Metadata.copy(template.get("parser")).get("kind");
    Object engine = format.get("kind");
    if (!known(file, engine, parser, problems)) {
      return List.of();
    }
    Map<String, @Nullable Object> inputs = inputs(metadata, options);
    if (lacks(file, metadata, inputs, problems)) {
      return List.of();
    }
    RichInputs rich = RichInputs.of(metadata, inputs, options.data().messages());
    Rendering rendering = render(file, metadata, "mustache".equals(engine), rich, options);
    boolean strict = !Boolean.FALSE.equals(format.get("strict"));
    OriginMap origins = new OriginMap(rendering.sources(), file.template().start());
    return new PromptyMessages(rendering.text(), origins, rich, strict, problems).read();
  }

  private static boolean known(
      PromptFile file,
      @Nullable Object engine,
      @Nullable Object parser,
      Consumer<Problem> problems) {
    String message = null;
    if (engine == null) {
      // It could not be loaded, and the problem is told already.
      return false;
    }
    if (!List.of("jinja2", "jinja", "mustache").contains(engine)) {
      message = "There is no template engine " + engine + "; use jinja2 or mustache.";
    } else if (!"prompty".equals(parser)) {
      message = "There is no parser " + parser + "; use prompty or leave it out.";
    }
    if (message != null) {
      YamlNode node = file.at("template");
      Span span = node == null ? Span.at(0) : node.span();
      problems.accept(new Problem("unknown-template-engine", span, Severity.ERROR, message));
    }
    return message == null;
  }

  /// The declared defaults under those of the options under the data.
  static Map<String, @Nullable Object> inputs(
      Map<String, ? extends @Nullable Object> metadata, RenderOptions options) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    if (metadata.get("inputs") instanceof List<?> declared) {
      for (Object input : declared) {
        if (input instanceof Map<?, ?> map && map.get("default") != null) {
          values.put(String.valueOf(map.get("name")), map.get("default"));
        }
      }
    }
    if (options.options().get("input") instanceof Map<?, ?> input) {
      values.putAll(Metadata.copy(input.get("default")));
    }
    values.putAll(options.data().input());
    return values;
  }

  private static boolean lacks(
      PromptFile file,
      Map<String, ? extends @Nullable Object> metadata,
      Map<String, ? extends @Nullable Object> inputs,
      Consumer<Problem> problems) {
    boolean lacks = false;
    if (metadata.get("inputs") instanceof List<?> declared) {
      for (Object input : declared) {
        boolean required =
            input instanceof Map<?, ?> map && Boolean.TRUE.equals(map.get("required"));
        String name = String.valueOf(Metadata.copy(input).get("name"));
        if (required && !inputs.containsKey(name)) {
          lacks = true;
          InputDeclaration place = file.input(name);
          Span span = place == null ? Span.at(0) : place.span();
          String message = "Missing required input: " + name + "; give it or declare a default.";
          problems.accept(new Problem("missing-input", span, Severity.ERROR, message));
        }
      }
    }
    return lacks;
  }

  private static Rendering render(
      PromptFile file,
      Map<String, ? extends @Nullable Object> metadata,
      boolean mustache,
      RichInputs rich,
      RenderOptions options)
      throws TemplateException {
    String body = file.template().of(file.text());
    if (!body.isBlank() || !(metadata.get("instructions") instanceof String text)) {
      return render(body, mustache, rich, options);
    }
    // The settings hold the template: there is no way back from it to the file.
    try {
      Rendering rendering = render(text, mustache, rich, options);
      int length = rendering.text().length();
      SourceMap.Entry all = new SourceMap.Entry(0, length, "", 0, 0, true);
      return new Rendering(rendering.text(), new SourceMap(List.of(all)));
    } catch (TemplateException e) {
      throw new TemplateException(String.valueOf(e.getMessage()), "", 0, 0);
    }
  }

  private static Rendering render(
      String source, boolean mustache, RichInputs rich, RenderOptions options)
      throws TemplateException {
    return mustache
        ? Mustache.render(source, rich.inputs(), options.fuel())
        : Jinja.render(source, Jinja.Options.prompty(), rich.inputs(), options.fuel());
  }
}
