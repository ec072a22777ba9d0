package dev.promptls.app;

import dev.promptls.app.JsonLines.BadRequest;
import dev.promptls.lab.Json;
import dev.promptls.lab.ModelHandle;
import dev.promptls.lab.Models;
import dev.promptls.model.Finish;
import dev.promptls.model.GenerateRequest;
import dev.promptls.model.Generation;
import dev.promptls.model.Input;
import dev.promptls.model.Lane;
import dev.promptls.model.LanguageModel;
import dev.promptls.model.ModelException;
import dev.promptls.model.Sampling;
import dev.promptls.model.Timing;
import dev.promptls.model.TokenIds;
import dev.promptls.model.TokenSink;
import dev.promptls.model.Usage;
import dev.promptls.prompt.text.Encoding;
import dev.promptls.prompt.text.LineIndex;
import dev.promptls.prompt.text.Position;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Continues a text, without a chat template.
@Command(name = "complete", description = "Continue a text, without a chat template.")
final class CompleteCommand implements Callable<Integer> {
  private static final int DEFAULT_MAX_TOKENS = 128;
  private static final int MOST_TOKENS = 1 << 20;
  private static final Pattern PLACE = Pattern.compile("(.+):(\\d{1,9}):(\\d{1,9})");

  private final Workbench bench;

  @Spec private @Nullable CommandSpec spec;
  @Mixin private final ModelFlags flags = new ModelFlags();
  @Mixin private final DecodingFlags decoding = new DecodingFlags();

  @Parameters(
      paramLabel = "FILE:LINE:COLUMN",
      arity = "0..1",
      description = "Continue what stands before this place; both count from 1.")
  private @Nullable String place;

  @Option(names = "--text", paramLabel = "T", description = "Continue this text.")
  private @Nullable String text;

  @Option(names = "--stop", paramLabel = "TEXT", description = "End before this. May be repeated.")
  private List<String> stop = List.of();

  @Option(names = "--exact", description = "Float arithmetic: slower, for reference.")
  private boolean exact;

  @Mixin private final JsonFlag output = new JsonFlag();

  @Mixin private final RequestsFlag requests = new RequestsFlag();

  CompleteCommand(Workbench bench) {
    this.bench = bench;
  }

  /// The JSON of a continuation.
  private record Completion(String text, TokenIds ids, Finish finish, Usage usage, Timing timing) {
    static Completion of(Generation answer) {
      return new Completion(
          answer.text(), answer.ids(), answer.finish(), answer.usage(), answer.timing());
    }
  }

  @Override
  public Integer call() throws ModelException, IOException {
    if (!requests.jsonl && (text == null) == (place == null)) {
      throw UsageError.of(spec, "Give --text or FILE:LINE:COLUMN, or use --jsonl.");
    }
    Integer maxTokens = decoding.maxTokens();
    @Nullable String prompt =
        requests.jsonl ? null : text != null ? text : before(String.valueOf(place));
    try (Models models = bench.models(flags)) {
      ModelHandle handle = models.choose(flags.first(), null);
      LanguageModel model = bench.await(handle);
      if (prompt == null) {
        return new JsonLines(bench).run(request -> answer(request, model));
      }
      return complete(
          model,
          new GenerateRequest(
              new Input.Text(prompt),
              maxTokens == null ? DEFAULT_MAX_TOKENS : maxTokens,
              Sampling.GREEDY
                  .withTemperature(decoding.temperature == null ? 0 : decoding.temperature)
                  .withSeed(decoding.seed == null ? 0 : decoding.seed),
              stop,
              false,
              exact,
              Lane.COMMAND));
    }
  }

  private int complete(LanguageModel model, GenerateRequest request) throws ModelException {
    Console console = bench.console();
    TokenSink sink = output.json ? TokenSink.NONE : console::stream;
    Generation answer = model.generate(request, sink, bench.interrupted());
    if (output.json) {
      console.line(Json.pretty(Completion.of(answer)));
    } else {
      console.endLine(answer.text());
    }
    return answer.finish() == Finish.CANCELLED ? ExitCode.INTERRUPTED : ExitCode.SUCCESS;
  }

  private Completion answer(Request request, LanguageModel model)
      throws ModelException, BadRequest {
    double temperature = request.number("temperature", 0);
    if (temperature < 0 || temperature > 100) {
      throw new BadRequest("The field 'temperature' must be a number from 0 to 100.");
    }
    return Completion.of(
        model.generate(
            new GenerateRequest(
                request.input(model.info()),
                (int) request.integer("maxTokens", DEFAULT_MAX_TOKENS, 1, MOST_TOKENS),
                Sampling.GREEDY
                    .withTemperature(temperature)
                    .withSeed(request.integer("seed", 0, -(1L << 53), 1L << 53)),
                request.texts("stop"),
                request.flag("ignoreEos"),
                request.flag("exact"),
                Lane.COMMAND),
            TokenSink.NONE,
            bench.interrupted()));
  }

  /// The text of a file up to a place.
  private String before(String place) throws ModelException {
    Matcher parts = PLACE.matcher(place);
    if (!parts.matches()) {
      throw UsageError.of(spec, "'" + place + "' is not FILE:LINE:COLUMN, as in a.prompt:3:1.");
    }
    Path file = Path.of(parts.group(1));
    LineIndex lines = LineIndex.of(PromptSource.text(file));
    int line = Integer.parseInt(parts.group(2));
    int column = Integer.parseInt(parts.group(3));
    if (line < 1 || column < 1 || line > lines.lineCount()) {
      throw new ModelException(
          "%s has no line %d, column %d: it has %d lines, and both count from 1."
              .formatted(file, line, column, lines.lineCount()));
    }
    int offset = lines.offset(new Position(line - 1, column - 1), Encoding.UTF16);
    return lines.text().substring(0, offset);
  }
}
