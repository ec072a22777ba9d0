package dev.promptls.app;

import com.google.gson.JsonObject;
import dev.promptls.app.JsonLines.BadRequest;
import dev.promptls.lab.Json;
import dev.promptls.lab.run.DataDocument;
import dev.promptls.lab.run.RenderDocument;
import dev.promptls.prompt.render.Data;
import dev.promptls.prompt.render.References;
import dev.promptls.prompt.render.RenderOptions;
import dev.promptls.prompt.render.RenderResult;
import dev.promptls.prompt.render.Renderer;
import dev.promptls.prompt.syntax.Format;
import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.syntax.PromptReader;
import dev.promptls.prompt.text.LineIndex;
import dev.promptls.template.Fuel;
import dev.promptls.template.Template;
import dev.promptls.template.TemplateException;
import dev.promptls.template.handlebars.Handlebars;
import dev.promptls.template.jinja.Jinja;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The requests of `render --jsonl`: a prompt in one of its formats, or a bare template.
final class RenderRequests {
  /// What a chat template's request says beside the template's variables.
  private static final List<String> NOT_VARIABLES = List.of("format", "template", "now", "env");

  private final References references;

  /// @param references what a Prompty prompt may take from this machine
  RenderRequests(References references) {
    this.references = references;
  }

  /// Renders what one request asks for.
  ///
  /// @throws BadRequest if it cannot be rendered, for the reason it says
  JsonObject answer(Request request) throws BadRequest {
    String format = request.text("format");
    return switch (format) {
      case "handlebars" -> text(handlebars(request), request.map("vars"));
      case "jinja" -> text(jinja(request), request.map("vars"));
      case "chat-template" -> text(chatTemplate(request), chatVariables(request));
      default -> prompt(format(format), request);
    };
  }

  private static Format format(String name) throws BadRequest {
    return Arrays.stream(Format.values())
        .filter(format -> format.label().equals(name))
        .findFirst()
        .orElseThrow(() ->
            new BadRequest(
                "The field 'format' must be handlebars, jinja, chat-template or a prompt's: "
                    + Arrays.stream(Format.values())
                        .map(Format::label)
                        .collect(Collectors.joining(", "))
                    + "."));
  }

  private JsonObject prompt(Format format, Request request) throws BadRequest {
    PromptFile file = PromptReader.read("request", LineIndex.of(request.text("source")), format);
    Map<String, @Nullable Object> partials = new LinkedHashMap<>(request.map("resolverPartials"));
    partials.putAll(request.map("partials"));
    RenderResult rendered =
        Renderer.render(
            file,
            new RenderOptions(
                data(request),
                request.map("options"),
                name -> partials.get(name) instanceof String text ? text : null,
                request.map("schemas"),
                request.map("tools"),
                Fuel.DEFAULT,
                references));
    // The reference takes a variable that is not set for an error, and so must a request.
    if (!rendered.problems().isEmpty()) {
      throw new BadRequest(rendered.problems().getFirst().message());
    }
    return RenderDocument.of(rendered);
  }

  private static Data data(Request request) throws BadRequest {
    try {
      return DataDocument.read(request.map("data"));
    } catch (IllegalArgumentException e) {
      throw new BadRequest(String.valueOf(e.getMessage()), e);
    }
  }

  private static Jinja jinja(Request request) throws BadRequest {
    return parse(request.text("source"), environment(request, Jinja.Options.python()));
  }

  private static Jinja chatTemplate(Request request) throws BadRequest {
    String now = request.optionalText("now");
    LocalDateTime time;
    try {
      time =
          now == null
              ? LocalDateTime.now(ZoneId.systemDefault())
              : LocalDateTime.parse(now.replace(' ', 'T'));
    } catch (DateTimeParseException e) {
      throw new BadRequest("The field 'now' must be a local time such as 2025-02-03T04:05:06.", e);
    }
    return parse(request.text("template"), environment(request, Jinja.Options.chat(() -> time)));
  }

  private static Map<String, @Nullable Object> chatVariables(Request request) {
    Map<String, @Nullable Object> variables = new LinkedHashMap<>();
    request.fields().entrySet().stream()
        .filter(field -> !NOT_VARIABLES.contains(field.getKey()))
        .forEach(field -> variables.put(field.getKey(), Json.plain(field.getValue())));
    return variables;
  }

  private static Jinja.Options environment(Request request, Jinja.Options base) throws BadRequest {
    if (!request.has("env")) {
      return base;
    }
    Map<String, @Nullable Object> env = request.map("env");
    Set<String> unknown = new HashSet<>(env.keySet());
    unknown.removeAll(List.of("trim_blocks", "lstrip_blocks", "keep_trailing_newline"));
    if (!unknown.isEmpty()) {
      throw new BadRequest("The field 'env' has an unknown option: " + unknown + ".");
    }
    return base.withTrimBlocks(flag(env, "trim_blocks", base.trimBlocks()))
        .withLstripBlocks(flag(env, "lstrip_blocks", base.lstripBlocks()))
        .withKeepTrailingNewline(flag(env, "keep_trailing_newline", base.keepTrailingNewline()));
  }

  private static boolean flag(Map<String, @Nullable Object> env, String name, boolean otherwise) {
    return env.get(name) instanceof Boolean value ? value : otherwise;
  }

  private static Jinja parse(String source, Jinja.Options options) throws BadRequest {
    try {
      return Jinja.parse(source, options);
    } catch (TemplateException e) {
      throw new BadRequest(String.valueOf(e.getMessage()), e);
    }
  }

  private static Template handlebars(Request request) throws BadRequest {
    Map<String, @Nullable Object> partials = request.map("partials");
    try {
      return Handlebars.parse(
          request.text("source"),
          Handlebars.Options.plain()
              .withPartials(name -> partials.get(name) instanceof String text ? text : null));
    } catch (TemplateException e) {
      throw new BadRequest(String.valueOf(e.getMessage()), e);
    }
  }

  private static JsonObject text(Template template, Map<String, @Nullable Object> variables)
      throws BadRequest {
    try {
      JsonObject result = new JsonObject();
      result.addProperty("text", template.render(variables, Fuel.DEFAULT).text());
      return result;
    } catch (TemplateException e) {
      throw new BadRequest(String.valueOf(e.getMessage()), e);
    }
  }
}
