package dev.promptls.model;

import java.util.List;

/// A text to be continued.
///
/// @param maxTokens the most tokens to generate
/// @param stop strings that end the answer and are left out of its text
/// @param ignoreEnd goes on after the model's end tokens
/// @param exact float arithmetic instead of 8-bit activations: slower, for reference
public record GenerateRequest(
    Input input,
    int maxTokens,
    Sampling sampling,
    List<String> stop,
    boolean ignoreEnd,
    boolean exact,
    Lane lane) {
  /// The likeliest token each time, up to an end of the model's.
  public static GenerateRequest greedy(Input input, int maxTokens, Lane lane) {
    return new GenerateRequest(input, maxTokens, Sampling.GREEDY, List.of(), false, false, lane);
  }

  /// Generates all the tokens, whatever the model ends with: for measurements and comparisons.
  public GenerateRequest ignoringEnd() {
    return new GenerateRequest(input, maxTokens, sampling, stop, true, exact, lane);
  }

  public GenerateRequest withExact(boolean value) {
    return new GenerateRequest(input, maxTokens, sampling, stop, ignoreEnd, value, lane);
  }

  public GenerateRequest withStop(List<String> value) {
    return new GenerateRequest(input, maxTokens, sampling, value, ignoreEnd, exact, lane);
  }

  public GenerateRequest withSampling(Sampling value) {
    return new GenerateRequest(input, maxTokens, value, stop, ignoreEnd, exact, lane);
  }
}
