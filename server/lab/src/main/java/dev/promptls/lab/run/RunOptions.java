package dev.promptls.lab.run;

import dev.promptls.model.Lane;
import org.jspecify.annotations.Nullable;

/// What a run is asked for beside the prompt. What is null here is taken from the prompt's own
/// configuration, and where that says nothing from [Decoding].
public record RunOptions(
    @Nullable Integer maxTokens, @Nullable Double temperature, @Nullable Long seed, Lane lane) {
  /// Somebody asked and looks at the answer.
  public static final RunOptions DEFAULT = new RunOptions(null, null, null, Lane.COMMAND);

  public RunOptions withMaxTokens(@Nullable Integer value) {
    return new RunOptions(value, temperature, seed, lane);
  }

  public RunOptions withLane(Lane value) {
    return new RunOptions(maxTokens, temperature, seed, value);
  }
}
