package dev.promptls.app;

import com.google.gson.JsonObject;
import dev.promptls.app.Console.Style;
import dev.promptls.app.JsonLines.BadRequest;
import dev.promptls.lab.Json;
import dev.promptls.lab.ModelHandle;
import dev.promptls.lab.ModelTokens;
import dev.promptls.lab.Models;
import dev.promptls.lab.run.CountResult;
import dev.promptls.lab.run.CountResult.FileCount;
import dev.promptls.lab.run.PromptTokens;
import dev.promptls.model.ModelException;
import dev.promptls.model.TokenIds;
import dev.promptls.prompt.render.RenderResult;
import dev.promptls.prompt.render.Renderer;
import dev.promptls.prompt.shots.DataExamples;
import dev.promptls.prompt.syntax.PromptFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Counts tokens.
@Command(
    name = "count",
    description = "Count tokens: of prompts as they would be sent, or of text.")
final class CountCommand implements Callable<Integer> {
  private final Workbench bench;

  @Spec private @Nullable CommandSpec spec;
  @Mixin private final ModelFlags flags = new ModelFlags();
  @Mixin private final DataFlags data = new DataFlags();

  @Parameters(paramLabel = "FILE", arity = "0..*", description = "Prompts.")
  private List<Path> files = List.of();

  @Option(names = "--text", paramLabel = "T", description = "Count this text, as it stands.")
  private @Nullable String text;

  @Mixin private final JsonFlag output = new JsonFlag();

  @Mixin private final RequestsFlag requests = new RequestsFlag();

  CountCommand(Workbench bench) {
    this.bench = bench;
  }

  @Override
  public Integer call() throws ModelException, IOException {
    if (requests.jsonl) {
      try (Models models = bench.models(flags)) {
        ModelTokens tokens = models.chooseForCounting(flags.first(), null).awaitTokens();
        return new JsonLines(bench).run(request -> answer(request, tokens));
      }
    }
    if ((text == null) == files.isEmpty()) {
      throw UsageError.of(spec, "Name prompt files, or give --text, or use --jsonl.");
    }
    List<Prompt> prompts = new ArrayList<>();
    for (Path path : files) {
      PromptFile prompt = PromptSource.prompt(path);
      prompts.add(
          new Prompt(path, prompt, Renderer.render(prompt, data.options(bench, path, prompt))));
    }
    boolean failed = false;
    for (Prompt prompt : prompts) {
      failed |= prompt.rendered.failed();
      Diagnostics.print(bench.console(), prompt.file, prompt.rendered.problems());
    }
    if (failed) {
      return ExitCode.FINDINGS;
    }
    print(prompts);
    return ExitCode.SUCCESS;
  }

  private void print(List<Prompt> prompts) throws ModelException {
    List<CountResult> results = new ArrayList<>();
    try (Models models = bench.models(flags)) {
      for (@Nullable String asked : flags.each()) {
        results.add(count(models, asked, prompts));
      }
    }
    if (output.json) {
      bench.console().line(Json.pretty(results.size() == 1 ? results.getFirst() : results));
    } else {
      results.forEach(this::print);
    }
  }

  private CountResult count(Models models, @Nullable String asked, List<Prompt> prompts)
      throws ModelException {
    // One model counts all files, so what only one of them asks for does not decide.
    @Nullable String declared = prompts.size() == 1 ? prompts.getFirst().file.model() : null;
    ModelHandle model = models.chooseForCounting(asked, declared);
    if (model.notice() != null) {
      bench.console().note(model.notice());
    }
    ModelTokens tokens = model.awaitTokens();
    List<FileCount> counts = new ArrayList<>();
    if (text != null) {
      counts.add(new FileCount("", tokens.count(text), List.of(), List.of()));
    }
    for (Prompt prompt : prompts) {
      PromptFile filled = DataExamples.filled(prompt.file, PromptSource.rows(prompt.path));
      counts.add(PromptTokens.count(prompt.path.toString(), filled, prompt.rendered, tokens));
    }
    return new CountResult(model.name(), tokens.exact(), tokens.info().contextWindow(), counts);
  }

  private void print(CountResult result) {
    Console console = bench.console();
    String sign = result.exact() ? "" : "≈ ";
    if (flags.models.size() > 1) {
      console.line(console.styled(Style.BOLD, "── " + result.model() + " ──"));
    }
    for (FileCount file : result.files()) {
      if (file.path().isEmpty()) {
        console.line(sign + file.tokens());
        continue;
      }
      console.line(
          "%s%6d  %s".formatted(sign, file.tokens(), console.styled(Style.BOLD, file.path())));
      file.messages()
          .forEach(m -> console.line("%s%6d    %s".formatted(sign, m.tokens(), m.role())));
      file.examples()
          .forEach(e -> console.line("%s%6d    example %d".formatted(sign, e.tokens(), e.index())));
    }
  }

  private static JsonObject answer(Request request, ModelTokens tokens) throws BadRequest {
    TokenIds ids = tokens.tokenizer().encode(request.text("text"));
    JsonObject result = new JsonObject();
    result.addProperty("tokens", ids.size());
    if (request.flag("ids")) {
      result.add("ids", Json.tree(ids));
    }
    return result;
  }

  private record Prompt(Path path, PromptFile file, RenderResult rendered) {}
}
