package dev.promptls.bench;

import dev.promptls.bench.Report.Row;
import dev.promptls.bench.Typist.Question;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// What somebody waits for who types in a prompt of 1 MB with 10,000 examples: over LSP and pipes,
/// from the server that the launcher starts.
final class Latency implements Measurement {
  private static final int EXAMPLES = 10_000;
  private static final int KEYSTROKES = 300;

  /// Keystrokes that only warm up, so often what is measured of each kind.
  private static final int WARM = 3;

  @Override
  public Report measure(TestBed bed) throws IOException {
    List<Row> rows = new ArrayList<>();
    int keystrokes = bed.options().roundsOr(KEYSTROKES);
    Path empty = Files.createTempDirectory("no-models");
    try {
      Map<String, String> without = Map.of("PROMPTLS_HOME", empty.toString());
      for (LargePrompt shape : List.of(LargePrompt.BLOCKS, LargePrompt.MESSAGES)) {
        String text = shape.text(EXAMPLES);
        rows.addAll(measure(bed, shape + "", text, "utf-16", without, keystrokes));
        rows.addAll(measure(bed, shape + ", model", text, "utf-16", Map.of(), keystrokes));
      }
      String text = LargePrompt.BLOCKS.text(EXAMPLES).replace("fine", "fïne 🙂");
      for (String encoding : List.of("utf-8", "utf-16", "utf-32")) {
        String name = "emoji, " + encoding;
        rows.addAll(measure(bed, name, text, encoding, without, keystrokes / 3));
      }
    } finally {
      try (Stream<Path> files = Files.walk(empty)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
    return new Report(
        "latency",
        rows,
        List.of(
            "Milliseconds from the keystroke to what is asked right after it; `together`: all four asked at once."));
  }

  private static List<Row> measure(
      TestBed bed,
      String name,
      String text,
      String encoding,
      Map<String, String> environment,
      int keystrokes)
      throws IOException {
    List<Row> rows = new ArrayList<>();
    long begun = System.nanoTime();
    try (LanguageServer server = LanguageServer.start(bed.root(), List.of(), environment)) {
      var _ =
          server.initialize(
              Map.of(), Map.of("general", Map.of("positionEncodings", List.of(encoding))));
      double started = (System.nanoTime() - begun) / 1e6;
      server.tell("initialized", Map.of());
      begun = System.nanoTime();
      Typist typist = new Typist(server, text, encoding);
      typist.awaitFindings();
      double opened = (System.nanoTime() - begun) / 1e6;
      bed.say("%s: initialize %.0f ms, opened in %.0f ms".formatted(name, started, opened));
      warm(typist, keystrokes);
      for (Question question : Question.values()) {
        rows.add(row(name + ": " + question, typist.times(question, keystrokes)));
      }
      rows.add(row(name + ": findings", typist.findingTimes(keystrokes)));
      together(typist, name, keystrokes, rows);
      rows.forEach(row -> bed.say(row.toString()));
      rows.add(
          ResidentMemory.of(server.pid())
              .row(name + ": memory")
              .with("initialize, ms", started)
              .with("opened, ms", opened));
      bed.say(rows.getLast().toString());
    }
    return rows;
  }

  private static void warm(Typist typist, int keystrokes) throws IOException {
    for (Question question : Question.values()) {
      var _ = typist.times(question, keystrokes / WARM);
    }
  }

  private static void together(Typist typist, String name, int keystrokes, List<Row> rows)
      throws IOException {
    Map<Question, List<Double>> millis = new EnumMap<>(Question.class);
    for (int i = 0; i < keystrokes; i++) {
      typist.type();
      typist
          .askAll(List.of(Question.values()))
          .forEach((question, took) ->
              millis.computeIfAbsent(question, each -> new ArrayList<>()).add(took));
      typist.awaitFindings();
    }
    millis.forEach((question, each) -> rows.add(row(name + ", together: " + question, each)));
  }

  private static Row row(String of, List<Double> millis) {
    return new Row(of)
        .with("p50, ms", Figures.median(millis))
        .with("p95, ms", Figures.percentile(millis, 95))
        .with("p99, ms", Figures.percentile(millis, 99))
        .with("rounds", millis.size());
  }
}
