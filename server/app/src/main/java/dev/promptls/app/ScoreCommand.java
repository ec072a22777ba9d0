package dev.promptls.app;

import com.google.gson.JsonObject;
import dev.promptls.app.JsonLines.BadRequest;
import dev.promptls.lab.Json;
import dev.promptls.lab.ModelHandle;
import dev.promptls.lab.Models;
import dev.promptls.lab.run.Conversation;
import dev.promptls.lab.run.Likelihood;
import dev.promptls.model.Input;
import dev.promptls.model.Lane;
import dev.promptls.model.LanguageModel;
import dev.promptls.model.ModelException;
import dev.promptls.model.ScoreRequest;
import dev.promptls.prompt.render.RenderResult;
import dev.promptls.prompt.render.Renderer;
import dev.promptls.prompt.syntax.PromptFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Tells how likely each token of a text is.
@Command(name = "score", description = "Tell how likely each token of a text is.")
final class ScoreCommand implements Callable<Integer> {
  private static final int MOST_TOP = 1000;

  private final Workbench bench;

  @Spec private @Nullable CommandSpec spec;
  @Mixin private final ModelFlags flags = new ModelFlags();
  @Mixin private final DataFlags data = new DataFlags();

  @Parameters(paramLabel = "FILE", arity = "0..1", description = "A prompt, scored as it is sent.")
  private @Nullable Path file;

  @Option(names = "--text", paramLabel = "T", description = "Score this text, as it stands.")
  private @Nullable String text;

  @Option(names = "--exact", description = "Float arithmetic: slower, for reference.")
  private boolean exact;

  @Mixin private final JsonFlag output = new JsonFlag();

  @Mixin private final RequestsFlag requests = new RequestsFlag();

  ScoreCommand(Workbench bench) {
    this.bench = bench;
  }

  @Override
  public Integer call() throws ModelException, IOException {
    if (!requests.jsonl && (text == null) == (file == null)) {
      throw UsageError.of(spec, "Give --text or a prompt file, or use --jsonl.");
    }
    @Nullable PromptFile prompt = file == null || requests.jsonl ? null : PromptSource.prompt(file);
    @Nullable Input input = text == null ? null : new Input.Text(text);
    if (prompt != null) {
      RenderResult rendered =
          Renderer.render(prompt, data.options(bench, Path.of(prompt.name()), prompt));
      if (!Diagnostics.sendable(bench.console(), prompt, rendered)) {
        return ExitCode.FINDINGS;
      }
      input = new Input.Chat(Conversation.of(rendered));
    }
    try (Models models = bench.models(flags)) {
      ModelHandle handle = models.choose(flags.first(), prompt == null ? null : prompt.model());
      if (handle.notice() != null) {
        bench.console().note(handle.notice());
      }
      LanguageModel model = bench.await(handle);
      if (input == null) {
        return new JsonLines(bench).run(request -> answer(request, handle, model));
      }
      print(score(handle, model, input, exact, 0));
      return ExitCode.SUCCESS;
    }
  }

  private JsonObject answer(Request request, ModelHandle handle, LanguageModel model)
      throws ModelException, BadRequest {
    Likelihood likelihood =
        score(
            handle,
            model,
            request.input(model.info()),
            request.flag("exact"),
            (int) request.integer("top", 0, 0, MOST_TOP));
    return likelihood.json();
  }

  private Likelihood score(
      ModelHandle handle, LanguageModel model, Input input, boolean exact, int top)
      throws ModelException {
    return Likelihood.of(
        model.score(new ScoreRequest(input, exact, top, Lane.COMMAND), bench.interrupted()),
        input,
        handle.awaitTokens(),
        top > 0);
  }

  private void print(Likelihood score) {
    Console console = bench.console();
    if (output.json) {
      console.line(Json.pretty(score.json()));
      return;
    }
    console.line(String.format(Locale.ROOT, "%-14s %d", "tokens", score.ids().size()));
    score
        .summary()
        .forEach(
            (name, value) -> console.line(String.format(Locale.ROOT, "%-14s %.4f", name, value)));
  }
}
