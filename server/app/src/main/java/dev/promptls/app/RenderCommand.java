package dev.promptls.app;

import com.google.gson.JsonObject;
import dev.promptls.app.Console.Style;
import dev.promptls.lab.Json;
import dev.promptls.lab.ModelTokens;
import dev.promptls.lab.Models;
import dev.promptls.lab.run.RenderDocument;
import dev.promptls.model.ModelException;
import dev.promptls.prompt.render.Message;
import dev.promptls.prompt.render.Part;
import dev.promptls.prompt.render.RenderResult;
import dev.promptls.prompt.render.Renderer;
import dev.promptls.prompt.syntax.PromptFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Shows what would be sent.
@Command(name = "render", description = "Show what would be sent.")
final class RenderCommand implements Callable<Integer> {
  private final Workbench bench;

  @Spec private @Nullable CommandSpec spec;
  @Mixin private final ModelFlags flags = new ModelFlags();
  @Mixin private final DataFlags data = new DataFlags();

  @Parameters(paramLabel = "FILE", arity = "0..1", description = "The prompt.")
  private @Nullable Path file;

  @Mixin private final JsonFlag output = new JsonFlag();

  @Mixin private final RequestsFlag requests = new RequestsFlag();

  RenderCommand(Workbench bench) {
    this.bench = bench;
  }

  @Override
  public Integer call() throws ModelException, IOException {
    if (requests.jsonl) {
      RenderRequests requests = new RenderRequests(bench.references(null));
      return new JsonLines(bench).run(requests::answer);
    }
    if (file == null) {
      throw UsageError.of(spec, "Name a prompt file, or use --jsonl.");
    }
    Console console = bench.console();
    PromptFile prompt = PromptSource.prompt(file);
    if (!Diagnostics.readable(console, prompt)) {
      return ExitCode.FINDINGS;
    }
    RenderResult rendered = Renderer.render(prompt, data.options(bench, file, prompt));
    Diagnostics.print(console, prompt, rendered.problems());
    if (rendered.failed()) {
      return ExitCode.FINDINGS;
    }
    @Nullable ModelTokens tokens = tokens(prompt);
    if (output.json) {
      JsonObject document =
          tokens == null ? RenderDocument.of(rendered) : RenderDocument.of(rendered, tokens);
      console.line(Json.pretty(document));
    } else if (tokens == null) {
      rendered.messages().forEach(message -> print(console, message));
    } else {
      console.line(RenderDocument.of(rendered, tokens).get("prompt").getAsString());
    }
    return ExitCode.SUCCESS;
  }

  /// Only with a model is there a text that it is given, and a number of tokens.
  private @Nullable ModelTokens tokens(PromptFile prompt) throws ModelException {
    if (flags.models.isEmpty()) {
      return null;
    }
    try (Models models = bench.models(flags)) {
      return models.chooseForCounting(flags.models.getFirst(), prompt.model()).awaitTokens();
    }
  }

  private static void print(Console console, Message message) {
    console.line(console.styled(Style.BOLD, message.role() + ":"));
    for (Part part : message.content()) {
      switch (part) {
        case Part.Text text -> console.line(text.text());
        case Part.Media media -> console.line("[media " + media.url() + "]");
        case Part.Pending pending -> console.line("[" + pending.metadata() + "]");
        case Part.Other other -> console.line(Json.line(Json.ofPlain(other.fields())));
      }
    }
  }
}
