package dev.promptls.lab.run;

import java.util.List;

/// How much a prompt's examples help; its JSON is that of `promptls.preview`.
///
/// @param mode `progressive`: each example asked after those above it; `leave-one-out`: after all
///   others
public record PreviewResult(
    List<ExampleResult> examples, Accuracy zeroShot, Accuracy fewShot, String model, String mode) {
  /// The share of examples that passed, 0 to 1.
  public record Accuracy(double accuracy) {}
}
