package dev.promptls.bench;

import dev.promptls.bench.Report.Row;
import dev.promptls.model.Cancellation;
import dev.promptls.model.GenerateRequest;
import dev.promptls.model.Input;
import dev.promptls.model.Lane;
import dev.promptls.model.ModelException;
import dev.promptls.model.Score;
import dev.promptls.model.ScoreRequest;
import dev.promptls.model.TokenIds;
import dev.promptls.model.TokenSink;
import dev.promptls.model.decode.Engine;
import dev.promptls.model.decode.EngineSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// How near the engine comes to reference values: those of llama.cpp on a copy of the default
/// model's file requantised to F32, which is what exact arithmetic on its weights gives.
final class Accuracy implements Measurement {
  private static final String VECTORS = "../shared/conformance/model/smollm2-135m-instruct.jsonl";

  /// Beyond this, nothing that rounds may choose another token.
  private static final double CLEAR_MARGIN = 0.5;

  /// Rounding may flip a greedy step whose margin is smaller.
  private static final double DEFAULT_MARGIN = 0.6;

  private static final double EXACT_MARGIN = 0.01;

  @Override
  public Report measure(TestBed bed) throws ModelException, IOException {
    Path file =
        Objects.requireNonNullElse(bed.options().vectors(), bed.root().resolve(VECTORS))
            .normalize();
    if (!Files.isReadable(file)) {
      throw new IOException(
          "There are no reference values in %s: name their file with --vectors.".formatted(file));
    }
    List<Reference> references = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      references.add(Reference.parse(line));
    }
    try (Engine engine = Engine.open(bed.folder(), EngineSettings.withThreads(0))) {
      return new Report(
          "accuracy",
          List.of(row(engine, references, false), row(engine, references, true)),
          List.of(
              "%d texts. Δ: mean absolute difference of a token's log-probability. First: the likeliest next token is the reference's, over texts where it leads by more than %s. Greedy: texts whose answer is the reference's up to its first step with a margin under %s (default) or %s (exact)."
                  .formatted(references.size(), CLEAR_MARGIN, DEFAULT_MARGIN, EXACT_MARGIN)));
    }
  }

  private static Row row(Engine engine, List<Reference> references, boolean exact)
      throws ModelException {
    List<Double> differences = new ArrayList<>();
    List<Double> ours = new ArrayList<>();
    List<Double> theirs = new ArrayList<>();
    int clear = 0;
    int first = 0;
    int greedy = 0;
    for (Reference reference : references) {
      Input input = new Input.Ids(reference.ids());
      Score score = engine.score(new ScoreRequest(input, exact, 1, Lane.BATCH), new Cancellation());
      for (int i = 0; i < reference.logprobs().size(); i++) {
        differences.add(Math.abs(score.logprobs().get(i) - reference.logprobs().get(i)));
      }
      ours.addAll(score.logprobs());
      theirs.addAll(reference.logprobs());
      if (reference.margin() > CLEAR_MARGIN) {
        clear++;
        first += score.top().getLast().getFirst().id() == reference.first() ? 1 : 0;
      }
      TokenIds sure = reference.sure(exact ? EXACT_MARGIN : DEFAULT_MARGIN);
      greedy += answer(engine, input, sure.size(), exact).equals(sure) ? 1 : 0;
    }
    return new Row(exact ? "exact" : "default")
        .with("Δ", Figures.mean(differences))
        .with("NLL", -Figures.mean(ours))
        .with("reference NLL", -Figures.mean(theirs))
        .with("NLL off by, %", 100 * (Figures.mean(ours) / Figures.mean(theirs) - 1))
        .with("first", first)
        .with("of", clear)
        .with("greedy", greedy)
        .with("of texts", references.size());
  }

  private static TokenIds answer(Engine engine, Input input, int tokens, boolean exact)
      throws ModelException {
    return tokens == 0
        ? TokenIds.EMPTY
        : engine
            .generate(
                GenerateRequest.greedy(input, tokens, Lane.BATCH).withExact(exact),
                TokenSink.NONE,
                new Cancellation())
            .ids();
  }
}
