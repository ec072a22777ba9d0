package dev.promptls.bench;

import com.google.gson.JsonElement;
import dev.promptls.bench.Report.Row;
import dev.promptls.bench.Typist.Question;
import dev.promptls.model.ModelException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// What a batch on the model costs those who type: the questions of [Latency] and ghost text, in
/// the same server without and with previews of other prompts that run all the while.
final class WhileBatchRuns implements Measurement {
  private static final int EXAMPLES = 10_000;
  private static final int KEYSTROKES = 200;

  /// Prompts that are previewed at once, each with so many examples: more than can be asked in the
  /// time that this takes.
  private static final int PREVIEWS = 6;

  private static final int PREVIEWED = 40;

  @Override
  public Report measure(TestBed bed) throws ModelException, IOException {
    List<Row> rows = new ArrayList<>();
    rows.addAll(measure(bed, LargePrompt.BLOCKS));
    rows.addAll(measure(bed, LargePrompt.MESSAGES));
    return new Report(
        "batch",
        rows,
        List.of(
            "Milliseconds from the keystroke to what is asked right after it, in a prompt of 1 MB whose tokens the model counts; ghost text as `ghost` measures it, beyond the debounce."));
  }

  private static List<Row> measure(TestBed bed, LargePrompt shape)
      throws ModelException, IOException {
    List<Row> rows = new ArrayList<>();
    try (LanguageServer server =
        LanguageServer.open(bed.root(), List.of(), Map.of("model", bed.model().name()))) {
      Typist typist = new Typist(server, shape.text(EXAMPLES), "utf-16");
      int keystrokes = bed.options().roundsOr(KEYSTROKES);
      // The first time warms up.
      var _ = questions(typist, keystrokes);
      Map<String, List<Double>> alone = questions(typist, keystrokes);
      Row ghostAlone = GhostText.measure(bed, server, shape + ": ghost text, alone");
      begin(server);
      questions(typist, keystrokes)
          .forEach((name, busy) ->
              rows.add(row(shape + ": " + name, Objects.requireNonNull(alone.get(name)), busy)));
      rows.add(ghostAlone);
      rows.add(GhostText.measure(bed, server, shape + ": ghost text, while a batch runs"));
      end(server);
    }
    rows.forEach(row -> bed.say(row.toString()));
    return rows;
  }

  private static Map<String, List<Double>> questions(Typist typist, int keystrokes)
      throws IOException {
    Map<String, List<Double>> millis = new LinkedHashMap<>();
    for (Question question : Question.values()) {
      millis.put(question.toString(), typist.times(question, keystrokes));
    }
    millis.put("findings", typist.findingTimes(keystrokes));
    return millis;
  }

  private static Row row(String of, List<Double> alone, List<Double> busy) {
    double before = Figures.percentile(alone, 95);
    double meanwhile = Figures.percentile(busy, 95);
    return new Row(of)
        .with("alone p50, ms", Figures.median(alone))
        .with("alone p95, ms", before)
        .with("busy p50, ms", Figures.median(busy))
        .with("busy p95, ms", meanwhile)
        .with("p95, ratio", meanwhile / before);
  }

  private static void begin(LanguageServer server) throws IOException {
    for (int i = 0; i < PREVIEWS; i++) {
      String uri = "file:///preview%d.prompt".formatted(i);
      server.openDocument(uri, LargePrompt.BLOCKS.text(PREVIEWED));
      Map<String, String> argument = Map.of("uri", uri, "mode", "leave-one-out");
      var _ = server.request("workspace/executeCommand", command("promptls.preview", argument));
    }
  }

  private static Map<String, ?> command(String name, Map<String, String> argument) {
    return Map.of("command", name, "arguments", List.of(argument));
  }

  /// Stops the previews.
  ///
  /// @throws IOException if there was none left, so that nothing ran while it was measured
  private static void end(LanguageServer server) throws IOException {
    JsonElement stopped =
        server.ask("workspace/executeCommand", command("promptls.stop", Map.of()));
    if (stopped.getAsInt() == 0) {
      throw new IOException("The previews were over before all was measured: preview more.");
    }
  }
}
