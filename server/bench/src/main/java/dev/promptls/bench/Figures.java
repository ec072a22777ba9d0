package dev.promptls.bench;

import java.util.Collection;

/// Order statistics of what was measured.
final class Figures {
  private Figures() {}

  static double median(Collection<Double> values) {
    return percentile(values, 50);
  }

  /// Interpolates between the two nearest values, as spreadsheets do.
  ///
  /// @param percent from 0 to 100
  /// @throws IllegalArgumentException if there are no values
  static double percentile(Collection<Double> values, double percent) {
    if (values.isEmpty()) {
      throw new IllegalArgumentException("Nothing was measured.");
    }
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    double place = percent / 100 * (sorted.length - 1);
    int below = (int) place;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }

  static double mean(Collection<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
  }
}
