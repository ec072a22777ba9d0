package dev.promptls.app;

import dev.promptls.app.Console.Style;
import dev.promptls.lab.Json;
import dev.promptls.lab.ModelHandle;
import dev.promptls.lab.Models;
import dev.promptls.lab.run.PromptRunner;
import dev.promptls.lab.run.RunOptions;
import dev.promptls.lab.run.RunResult;
import dev.promptls.model.Finish;
import dev.promptls.model.Lane;
import dev.promptls.model.ModelException;
import dev.promptls.model.TokenSink;
import dev.promptls.prompt.render.RenderOptions;
import dev.promptls.prompt.render.RenderResult;
import dev.promptls.prompt.render.Renderer;
import dev.promptls.prompt.shots.DataExamples;
import dev.promptls.prompt.shots.Shots;
import dev.promptls.prompt.syntax.PromptFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Renders a prompt, runs it, streams the reply.
@Command(name = "run", description = "Run a prompt and stream the reply.")
final class RunCommand implements Callable<Integer> {
  private final Workbench bench;

  @Mixin private final ModelFlags flags = new ModelFlags();
  @Mixin private final DataFlags data = new DataFlags();
  @Mixin private final DecodingFlags decoding = new DecodingFlags();

  @Parameters(paramLabel = "FILE", description = "The prompt.")
  private Path file = Path.of("");

  @Option(names = "--shots", paramLabel = "N", description = "Send only the first N examples.")
  private @Nullable Integer shots;

  @Mixin private final JsonFlag output = new JsonFlag();

  RunCommand(Workbench bench) {
    this.bench = bench;
  }

  @Override
  public Integer call() throws ModelException {
    Console console = bench.console();
    PromptFile prompt = PromptSource.prompt(file);
    RenderOptions options = data.options(bench, file, prompt);
    RenderResult rendered =
        shots == null
            ? Renderer.render(prompt, options)
            : Shots.limited(
                DataExamples.filled(prompt, PromptSource.rows(file)),
                decoding.atLeast(0, shots, "--shots"),
                options);
    if (!Diagnostics.sendable(console, prompt, rendered)) {
      return ExitCode.FINDINGS;
    }
    List<RunResult> results = new ArrayList<>();
    try (Models models = bench.models(flags)) {
      for (@Nullable String asked : flags.each()) {
        results.add(run(models.choose(asked, prompt.model()), rendered));
      }
    }
    if (output.json) {
      console.line(Json.pretty(results.size() == 1 ? results.getFirst() : results));
    }
    boolean cancelled = results.stream().anyMatch(r -> r.finish() == Finish.CANCELLED);
    return cancelled ? ExitCode.INTERRUPTED : ExitCode.SUCCESS;
  }

  private RunResult run(ModelHandle model, RenderResult rendered) throws ModelException {
    Console console = bench.console();
    if (model.notice() != null) {
      console.note(model.notice());
    }
    if (!output.json && flags.models.size() > 1) {
      console.line(console.styled(Style.BOLD, "── " + model.name() + " ──"));
    }
    RunOptions options =
        new RunOptions(decoding.maxTokens(), decoding.temperature, decoding.seed, Lane.COMMAND);
    TokenSink sink = output.json ? TokenSink.NONE : console::stream;
    RunResult result =
        PromptRunner.run(rendered, options, bench.await(model), sink, bench.interrupted());
    if (!output.json) {
      console.endLine(result.output());
      tellTiming(console, result);
    }
    return result;
  }

  private static void tellTiming(Console console, RunResult result) {
    if (console.terminalErr()) {
      console.note(
          String.format(
              Locale.ROOT,
              "%s: %d tokens in (%d cached), %d out, first after %.0f ms, %.0f tokens/s.",
              result.model(),
              result.usage().promptTokens(),
              result.usage().cachedTokens(),
              result.usage().outputTokens(),
              result.timing().firstTokenMillis(),
              result.timing().decodeTokensPerSecond()));
    }
  }
}
