package dev.promptls.bench;

import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.syntax.PromptReader;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// Reading prompts of a megabyte: far more than anybody writes, and all that a keystroke costs.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class ParsingBenchmark {
  private static final int CHARACTERS = 1 << 20;

  private static final String HEAD =
      "---\nmodel: smollm2\ninput:\n  schema:\n    text: string, what to judge\n---\n";

  private static final String TURN =
      "{{role \"user\"}}\nText: {{text}} and é, 中文, 🙂.\n{{#if more}}More: {{@key}}{{/if}}\n{{role \"model\"}}\npositive\n\n";

  private static final String EXAMPLE = "Text: What a lovely day.\nLabel: positive\n\n";

  private final String dotprompt = HEAD + repeat(TURN);
  private final String plain = repeat(EXAMPLE);

  private static String repeat(String block) {
    return block.repeat(CHARACTERS / block.length());
  }

  @Benchmark
  public PromptFile dotprompt() {
    return PromptReader.read("large.prompt", dotprompt);
  }

  @Benchmark
  public PromptFile plainText() {
    return PromptReader.read("large.txt", plain);
  }
}
