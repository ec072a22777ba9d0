package dev.promptls.bench;

import dev.promptls.bench.Report.Row;
import dev.promptls.model.Cancellation;
import dev.promptls.model.Device;
import dev.promptls.model.GenerateRequest;
import dev.promptls.model.Generation;
import dev.promptls.model.Input;
import dev.promptls.model.Lane;
import dev.promptls.model.ModelException;
import dev.promptls.model.TokenIds;
import dev.promptls.model.TokenSink;
import dev.promptls.model.decode.Engine;
import dev.promptls.model.decode.EngineSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// Prefill and decode beside llama.cpp: the same file, the same threads, by turns in one run, since
/// figures of different runs say more about the machine than about the programs.
///
/// llama.cpp is spared what the engine does beside: sampling, text, stop rules.
final class Speed implements Measurement {
  static final int PREFILL = 512;
  static final int DECODE = 128;
  private static final int ROUNDS = 7;

  /// Both libraries let their threads spin for a moment after work; by then they sleep.
  private static final int SETTLE_MILLIS = 200;

  /// One cache slot, so that each round runs in memory that is there already, as llama.cpp's does.
  private static final int SLOTS = 1;

  private static final long CACHE_BYTES = 1L << 30;

  private record Pair(Rates ours, Rates llamaCpp) {}

  @Override
  public Report measure(TestBed bed) throws ModelException, IOException, InterruptedException {
    List<Row> rows = new ArrayList<>();
    Passage passage = Passage.of(bed);
    String version;
    try (LlamaCpp llamaCpp = LlamaCpp.start(bed.root())) {
      version = llamaCpp.version();
      for (int threads : bed.options().threads()) {
        List<Pair> pairs = pairs(bed, passage, llamaCpp, threads);
        rows.add(row("prefill of " + PREFILL, threads, pairs, Rates::prefill));
        rows.add(
            row(
                "decode of %d after it".formatted(DECODE),
                threads,
                pairs,
                Rates::decodeAfterPrefill));
        rows.add(
            row(
                "decode of %d from empty".formatted(DECODE),
                threads,
                pairs,
                Rates::decodeFromEmpty));
      }
    }
    return new Report(
        "speed",
        rows,
        List.of(
            "Tokens a second, medians; ratio: median over the rounds of promptls ÷ llama.cpp (llama-cpp-python %s). Model: %s."
                .formatted(version, bed.model().name())));
  }

  private static List<Pair> pairs(TestBed bed, Passage passage, LlamaCpp llamaCpp, int threads)
      throws ModelException, IOException, InterruptedException {
    List<Pair> pairs = new ArrayList<>();
    llamaCpp.open(bed.model().path(), threads);
    EngineSettings settings = new EngineSettings(new Device.Cpu(), threads, SLOTS, CACHE_BYTES);
    try (Engine engine = Engine.open(bed.folder(), settings)) {
      int rounds = bed.options().roundsOr(ROUNDS);
      for (int round = 0; round <= rounds; round++) {
        // Who goes first changes from round to round; round 0 warms both up.
        TokenIds prompt = passage.take(PREFILL, round);
        Rates theirs = null;
        if (round % 2 == 1) {
          theirs = llamaCpp.round(prompt, DECODE);
          Thread.sleep(SETTLE_MILLIS);
        }
        Rates ours = ours(engine, prompt);
        Thread.sleep(SETTLE_MILLIS);
        if (theirs == null) {
          theirs = llamaCpp.round(prompt, DECODE);
          Thread.sleep(SETTLE_MILLIS);
        }
        if (round > 0) {
          pairs.add(new Pair(ours, theirs));
          bed.say(
              "threads %d, round %d of %d: %s | %s"
                  .formatted(threads, round, rounds, ours, theirs));
        }
      }
    }
    return pairs;
  }

  private static Rates ours(Engine engine, TokenIds prompt) throws ModelException {
    Generation full = answer(engine, prompt);
    // The two tokens that a prompt has at least.
    Generation empty = answer(engine, prompt.slice(1, 3));
    return new Rates(
        full.timing().prefillTokensPerSecond(),
        full.timing().decodeTokensPerSecond(),
        empty.timing().decodeTokensPerSecond());
  }

  /// The first token comes with the prefill, each other by one step of decoding.
  private static Generation answer(Engine engine, TokenIds prompt) throws ModelException {
    Generation answer =
        engine.generate(
            GenerateRequest.greedy(new Input.Ids(prompt), DECODE + 1, Lane.COMMAND).ignoringEnd(),
            TokenSink.NONE,
            new Cancellation());
    if (answer.usage().cachedTokens() > 0 || answer.usage().outputTokens() != DECODE + 1) {
      throw new IllegalStateException("Not what was to be measured: " + answer.usage());
    }
    return answer;
  }

  private static Row row(String of, int threads, List<Pair> pairs, ToDoubleFunction<Rates> figure) {
    return new Row("%s, %d thread%s".formatted(of, threads, threads == 1 ? "" : "s"))
        .with("promptls", median(pairs, pair -> figure.applyAsDouble(pair.ours())))
        .with("llama.cpp", median(pairs, pair -> figure.applyAsDouble(pair.llamaCpp())))
        .with(
            "ratio",
            median(
                pairs,
                pair -> figure.applyAsDouble(pair.ours()) / figure.applyAsDouble(pair.llamaCpp())));
  }

  private static double median(List<Pair> pairs, ToDoubleFunction<Pair> figure) {
    return Figures.median(pairs.stream().map(figure::applyAsDouble).toList());
  }
}
