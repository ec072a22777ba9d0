package dev.promptls.bench;

import dev.promptls.bench.Report.Row;
import dev.promptls.model.Cancellation;
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

/// How much sooner a second request gets its first token when it shares 1,000 tokens with the
/// first, and whether its answer is the one that it gets without a cache.
final class PrefixReuse implements Measurement {
  private static final int SHARED = 1000;
  private static final int OWN = 8;
  private static final int ANSWER = 32;
  private static final int ROUNDS = 7;

  /// The same request to an engine that has never seen its beginning, and to one that has.
  private record Pair(Generation cold, Generation warm) {
    boolean isSame() {
      return cold.ids().equals(warm.ids());
    }
  }

  @Override
  public Report measure(TestBed bed) throws ModelException, IOException {
    Passage passage = Passage.of(bed);
    List<Row> rows = new ArrayList<>();
    for (int threads : bed.options().threads()) {
      List<Pair> pairs = new ArrayList<>();
      EngineSettings settings = EngineSettings.withThreads(threads);
      try (Engine cold = Engine.open(bed.folder(), settings);
          Engine warm = Engine.open(bed.folder(), settings)) {
        int rounds = bed.options().roundsOr(ROUNDS);
        for (int round = 0; round <= rounds; round++) {
          Pair pair = pair(passage, cold, warm, round);
          if (round > 0) {
            pairs.add(pair);
            bed.say("threads %d, round %d of %d".formatted(threads, round, rounds));
          }
        }
      }
      rows.add(row(threads, pairs));
    }
    return new Report(
        "prefix",
        rows,
        List.of(
            "Medians over the rounds. A request of %d tokens of which %d were in the request before; the answers are greedy, %d tokens."
                .formatted(SHARED + OWN, SHARED, ANSWER)));
  }

  private static Pair pair(Passage passage, Engine cold, Engine warm, int round)
      throws ModelException {
    TokenIds shared = passage.take(SHARED, round);
    var _ = answer(warm, shared.plus(passage.take(OWN, 2 * round + 1)));
    TokenIds second = shared.plus(passage.take(OWN, 2 * round + 2));
    Pair pair = new Pair(answer(cold, second), answer(warm, second));
    if (pair.cold().usage().cachedTokens() != 0 || pair.warm().usage().cachedTokens() < SHARED) {
      throw new IllegalStateException("Not what was to be measured: " + pair);
    }
    return pair;
  }

  private static Generation answer(Engine engine, TokenIds prompt) throws ModelException {
    return engine.generate(
        GenerateRequest.greedy(new Input.Ids(prompt), ANSWER, Lane.COMMAND),
        TokenSink.NONE,
        new Cancellation());
  }

  private static Row row(int threads, List<Pair> pairs) {
    return new Row("%d thread%s".formatted(threads, threads == 1 ? "" : "s"))
        .with("cold, ms", Figures.median(pairs.stream().map(pair -> first(pair.cold())).toList()))
        .with("warm, ms", Figures.median(pairs.stream().map(pair -> first(pair.warm())).toList()))
        .with(
            "cold ÷ warm",
            Figures.median(
                pairs.stream().map(pair -> first(pair.cold()) / first(pair.warm())).toList()))
        .with("identical answers", (double) pairs.stream().filter(Pair::isSame).count())
        .with("of", pairs.size());
  }

  private static double first(Generation answer) {
    return answer.timing().firstTokenMillis();
  }
}
