package dev.promptls.bench;

import dev.promptls.bench.Report.Row;
import dev.promptls.prompt.Analysis;
import dev.promptls.prompt.check.Surroundings;
import dev.promptls.prompt.text.LineIndex;
import dev.promptls.prompt.text.Span;
import dev.promptls.prompt.text.TextEdit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// What it costs to open a prompt of thousands of examples, and to type in it, up to the findings.
final class EditCost implements Measurement {
  private static final int ROUNDS = 600;
  private static final int OPENS = 20;

  /// Edits and openings that only warm up.
  private static final int WARM = 3;

  /// What is typed in one place before another has its turn.
  private static final String TYPED = "words";

  @Override
  public Report measure(TestBed bed) {
    return measure(bed.options().roundsOr(ROUNDS));
  }

  static Report measure(int rounds) {
    List<Row> rows = new ArrayList<>();
    for (LargePrompt prompt : LargePrompt.values()) {
      rows.add(open(prompt, prompt.examples(), OPENS));
      rows.add(edits(prompt, rounds));
      if (prompt == LargePrompt.BLOCKS || prompt == LargePrompt.MESSAGES) {
        rows.add(open(prompt, 10 * prompt.examples(), OPENS / 4));
      }
    }
    return new Report(
        "edits",
        rows,
        List.of(
            "Edits are letters typed inside examples at random places, and what removes them."));
  }

  private static Row open(LargePrompt prompt, int examples, int rounds) {
    String text = prompt.text(examples);
    List<Double> millis = new ArrayList<>();
    for (int i = -WARM; i < rounds; i++) {
      long start = System.nanoTime();
      Analysis analysis = Analysis.of(prompt.file(), LineIndex.of(text), null);
      int found = analysis.checked(Surroundings.NONE).findings().size();
      double took = (System.nanoTime() - start) / 1e6;
      if (i >= 0 && found < examples) {
        millis.add(took);
      }
    }
    return row(prompt + ", opened", text.length(), millis);
  }

  private static Row edits(LargePrompt prompt, int rounds) {
    Analysis analysis =
        Analysis.of(prompt.file(), LineIndex.of(prompt.text(prompt.examples())), null);
    Random random = new Random(1);
    List<Double> millis = new ArrayList<>();
    int length = analysis.file().text().length();
    while (millis.size() < rounds + rounds / WARM) {
      int at = analysis.file().text().indexOf("room", random.nextInt(length / 2) + length / 3);
      for (int i = 0; i <= TYPED.length(); i++) {
        TextEdit edit =
            i < TYPED.length()
                ? new TextEdit(Span.at(at + i), TYPED.substring(i, i + 1))
                : new TextEdit(new Span(at, at + i), "");
        long start = System.nanoTime();
        analysis = analysis.edited(edit);
        int found = analysis.checked(Surroundings.NONE).findings().size();
        double took = (System.nanoTime() - start) / 1e6;
        millis.add(found < prompt.examples() ? took : Double.NaN);
      }
    }
    return row(prompt + ", edited", length, millis.subList(rounds / WARM, millis.size()));
  }

  private static Row row(String of, int length, List<Double> millis) {
    return new Row(of)
        .with("characters", length)
        .with("p50, ms", Figures.median(millis))
        .with("p95, ms", Figures.percentile(millis, 95))
        .with("rounds", millis.size());
  }
}
