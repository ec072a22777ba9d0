package dev.promptls.bench;

import dev.promptls.bench.Report.Row;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// From the start of the process, the launcher included, to the reply to `initialize`.
final class Start implements Measurement {
  private static final int ROUNDS = 10;

  @Override
  public Report measure(TestBed bed) throws IOException {
    List<Double> millis = new ArrayList<>();
    int rounds = bed.options().roundsOr(ROUNDS);
    for (int round = 0; round <= rounds; round++) {
      long begun = System.nanoTime();
      try (LanguageServer server = LanguageServer.start(bed.root(), List.of())) {
        var _ = server.initialize(Map.of());
        double took = (System.nanoTime() - begun) / 1e6;
        // The first brings the files into memory.
        if (round > 0) {
          millis.add(took);
          bed.say("round %d of %d: %.0f ms".formatted(round, rounds, took));
        }
      }
    }
    return new Report(
        "start",
        List.of(
            new Row("process start to `initialize` reply")
                .with("p50, ms", Figures.median(millis))
                .with("p95, ms", Figures.percentile(millis, 95))
                .with("rounds", rounds)),
        List.of("The files were in memory: one start went before."));
  }
}
