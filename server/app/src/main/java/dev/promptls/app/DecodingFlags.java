package dev.promptls.app;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// How an answer is decoded.
final class DecodingFlags {
  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec command;

  @Option(names = "--max-tokens", paramLabel = "N", description = "The most tokens to generate.")
  private @Nullable Integer maxTokens;

  @Option(
      names = "--temperature",
      paramLabel = "T",
      description = "0 takes the likeliest token each time.")
  @Nullable Double temperature;

  @Option(names = "--seed", paramLabel = "N", description = "Makes sampling repeatable.")
  @Nullable Long seed;

  @Nullable Integer maxTokens() {
    if (temperature != null && !(temperature >= 0 && temperature <= 100)) {
      throw usage("--temperature must be a number from 0 to 100.");
    }
    return maxTokens == null ? null : (Integer) atLeast(1, maxTokens, "--max-tokens");
  }

  int atLeast(int least, int value, String flag) {
    if (value < least) {
      throw usage(flag + " must be at least " + least + ".");
    }
    return value;
  }

  private ParameterException usage(String sentence) {
    return UsageError.of(command, sentence);
  }
}
