package dev.promptls.lab.run;

import java.util.List;

/// Token counts of prompt files with one model; the JSON of `count`.
///
/// @param exact whether the counts are the model's own and not an estimate
/// @param contextWindow in tokens; 0 if unknown
public record CountResult(String model, boolean exact, int contextWindow, List<FileCount> files) {
  /// The tokens of one file.
  ///
  /// @param tokens what `run` would send
  public record FileCount(
      String path, int tokens, List<MessageCount> messages, List<ExampleCount> examples) {}

  /// The tokens of one message.
  ///
  /// @param tokens of the rendered content alone
  public record MessageCount(String role, int tokens) {}

  /// The tokens of one example.
  ///
  /// @param index from 0 in source order
  /// @param tokens of the example's own text, without separators
  public record ExampleCount(int index, int tokens) {}
}
