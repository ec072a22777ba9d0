package dev.promptls.bench;

import dev.promptls.model.ModelException;
import dev.promptls.model.Tokenizer;
import dev.promptls.model.tokens.TokenizerChoice;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// Counting the tokens of prose with the default model's tokenizer and with a hosted model's.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class TokenizerBenchmark {
  private static final String[] NONE = {"jmh"};

  @Param({"100", "1000", "10000"})
  private int characters;

  private String text = "";
  private Tokenizer local = TokenizerChoice.of("gpt-4o").tokenizer();
  private final Tokenizer hosted = local;

  @Setup
  public void prepare() throws ModelException, IOException {
    text = TestBed.prose().substring(0, characters);
    local = TestBed.of(Options.parse(NONE), System.err).tokenizer();
  }

  @Benchmark
  public int localModel() {
    return local.count(text);
  }

  @Benchmark
  public int hostedModel() {
    return hosted.count(text);
  }
}
