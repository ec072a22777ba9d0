package dev.promptls.app;

import dev.promptls.lab.Json;
import dev.promptls.lab.ModelHandle;
import dev.promptls.lab.Models;
import dev.promptls.model.GenerateRequest;
import dev.promptls.model.Generation;
import dev.promptls.model.Input;
import dev.promptls.model.Lane;
import dev.promptls.model.LanguageModel;
import dev.promptls.model.ModelException;
import dev.promptls.model.TokenIds;
import dev.promptls.model.TokenSink;
import dev.promptls.model.decode.EngineSettings;
import dev.promptls.model.host.ChildModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Measures a model.
@Command(name = "bench", description = "Measure a model: prefill, decode, loading, memory.")
final class BenchCommand implements Callable<Integer> {
  private final Workbench bench;

  @Spec private @Nullable CommandSpec spec;
  @Mixin private final ModelFlags flags = new ModelFlags();

  @Parameters(paramLabel = "MODEL", arity = "0..1", description = "As --model.")
  private @Nullable String model;

  @Option(
      names = "--prompt-tokens",
      paramLabel = "N",
      defaultValue = "512",
      description = "${DEFAULT-VALUE} by default.")
  private int promptTokens;

  @Option(
      names = "--decode-tokens",
      paramLabel = "N",
      defaultValue = "128",
      description = "${DEFAULT-VALUE} by default.")
  private int decodeTokens;

  @Option(
      names = "--repeat",
      paramLabel = "N",
      defaultValue = "3",
      description = "Medians of so many runs; ${DEFAULT-VALUE} by default.")
  private int repeat;

  @Mixin private final JsonFlag output = new JsonFlag();

  BenchCommand(Workbench bench) {
    this.bench = bench;
  }

  /// The JSON of a measurement.
  ///
  /// @param peakRssBytes of the process that holds the model; absent where the system does not tell
  private record Measurement(
      String model,
      int threads,
      int promptTokens,
      double prefillTokensPerSecond,
      int decodeTokens,
      double decodeTokensPerSecond,
      double loadMillis,
      @Nullable Long peakRssBytes) {}

  @Override
  public Integer call() throws ModelException {
    if (promptTokens < 2 || decodeTokens < 1 || repeat < 1) {
      throw UsageError.of(spec, "Measuring needs 2 prompt tokens, 1 decoded and 1 run at least.");
    }
    try (Models models = bench.models(flags)) {
      ModelHandle handle = models.choose(model == null ? flags.first() : model, null);
      // What is made once, and the disk, are not what is measured.
      var _ = handle.awaitTokens();
      long before = System.nanoTime();
      LanguageModel loaded = handle.awaitModel();
      double loadMillis = (System.nanoTime() - before) / 1e6;
      Measurement measured = measure(handle.name(), loaded, loadMillis);
      print(measured);
    }
    return ExitCode.SUCCESS;
  }

  private Measurement measure(String name, LanguageModel loaded, double loadMillis)
      throws ModelException {
    List<Generation> runs = new ArrayList<>();
    for (int run = 0; run <= repeat; run++) {
      Generation answer =
          loaded.generate(request(loaded, run), TokenSink.NONE, bench.interrupted());
      // The first run warms up.
      if (run > 0) {
        runs.add(answer);
      }
    }
    OptionalLong peak =
        loaded instanceof ChildModel child ? peakRss(child.pid()) : OptionalLong.empty();
    return new Measurement(
        name,
        threads(),
        runs.getFirst().usage().promptTokens(),
        median(runs, answer -> answer.timing().prefillTokensPerSecond()),
        runs.getFirst().usage().outputTokens(),
        median(runs, answer -> answer.timing().decodeTokensPerSecond()),
        loadMillis,
        peak.isPresent() ? (Long) peak.getAsLong() : null);
  }

  private int threads() {
    return Objects.requireNonNullElseGet(
        flags.threads(), () -> EngineSettings.withThreads(0).threads());
  }

  /// A prompt of ordinary tokens whose first differs each time, so that no cache can help.
  private GenerateRequest request(LanguageModel loaded, int run) {
    int vocabulary = Math.max(loaded.info().vocabularySize(), 2);
    int[] ids = new int[promptTokens];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = (int) ((1009L * (i + 1) + 7919L * run) % (vocabulary / 2)) + vocabulary / 4;
    }
    return GenerateRequest.greedy(new Input.Ids(TokenIds.of(ids)), decodeTokens, Lane.COMMAND)
        .ignoringEnd();
  }

  private static double median(List<Generation> runs, ToDoubleFunction<Generation> figure) {
    double[] sorted = runs.stream().mapToDouble(figure).sorted().toArray();
    return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
  }

  /// The most memory a process had in use, as Linux tells it.
  private static OptionalLong peakRss(long pid) {
    Path status = Path.of("/proc", Long.toString(pid), "status");
    try {
      return Files.exists(status)
          ? Files.readAllLines(status).stream()
              .filter(line -> line.startsWith("VmHWM:"))
              .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
              .findFirst()
          : OptionalLong.empty();
    } catch (IOException e) {
      // The figure is left out: the process is gone, or the system has no such file.
      return OptionalLong.empty();
    }
  }

  private void print(Measurement measured) {
    Console console = bench.console();
    if (output.json) {
      console.line(Json.pretty(measured));
      return;
    }
    console.line(
        String.format(
            Locale.ROOT,
            "%s, %d threads: prefill of %d tokens %.0f tokens/s, decode of %d %.1f tokens/s, loaded in %.0f ms%s",
            measured.model(),
            measured.threads(),
            measured.promptTokens(),
            measured.prefillTokensPerSecond(),
            measured.decodeTokens(),
            measured.decodeTokensPerSecond(),
            measured.loadMillis(),
            measured.peakRssBytes() == null
                ? ""
                : ", at most %d MB".formatted(measured.peakRssBytes() / 1_000_000)));
  }
}
