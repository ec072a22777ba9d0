package dev.promptls.bench;

import dev.promptls.prompt.Analysis;
import dev.promptls.prompt.check.Finding;
import dev.promptls.prompt.check.Surroundings;
import dev.promptls.prompt.text.LineIndex;
import dev.promptls.prompt.text.Span;
import dev.promptls.prompt.text.TextEdit;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// Opening a prompt of 10,000 examples, and one keystroke in the middle of it, up to the findings.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class EditingBenchmark {
  private static final int EXAMPLES = 10_000;

  @Param({"BLOCKS", "MESSAGES", "LOOP"})
  private LargePrompt shape = LargePrompt.BLOCKS;

  private String text = "";
  private Analysis analysis = Analysis.of("empty.prompt", LineIndex.of(""), null);
  private int place;
  private int typed;

  @Setup
  public void setup() {
    text = shape.text(EXAMPLES);
    analysis = Analysis.of(shape.file(), LineIndex.of(text), null);
    place = text.indexOf("room", text.length() / 2);
  }

  @Benchmark
  public List<Finding> open() {
    return Analysis.of(shape.file(), LineIndex.of(text), null)
        .checked(Surroundings.NONE)
        .findings();
  }

  /// A letter is typed, and by the next round removed.
  @Benchmark
  public List<Finding> edit() {
    boolean type = typed++ % 2 == 0;
    TextEdit edit =
        type ? new TextEdit(Span.at(place), "x") : new TextEdit(new Span(place, place + 1), "");
    analysis = analysis.edited(edit);
    return analysis.checked(Surroundings.NONE).findings();
  }
}
