package dev.promptls.lab.run;

import java.util.List;

/// How much a prompt's examples help; its JSON is that of `promptls.preview`.
///
/// @param mode `progressive`: each example asked after those above it; `leave-one-out`: after all
///   others
public record PreviewResult(
    List<ExampleResult> examples, Accuracy zeroShot, Accuracy fewShot, String model, String mode) {
  /// After each example, the share of those so far that passed, 0 to 1.
  public double[] runningAccuracy() {
    double[] means = new double[examples.size()];
    int passed = 0;
    for (int i = 0; i < means.length; i++) {
      passed += examples.get(i).pass() ? 1 : 0;
      means[i] = (double) passed / (i + 1);
    }
    return means;
  }

  /// The share of examples that passed, 0 to 1.
  public record Accuracy(double accuracy) {}
}
