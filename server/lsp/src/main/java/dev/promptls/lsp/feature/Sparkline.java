package dev.promptls.lsp.feature;

/// Numbers as a row of bars that fits into a line of text.
final class Sparkline {
  private static final String BARS = "▁▂▃▄▅▆▇█";
  private static final int MOST = 24;

  private Sparkline() {}

  /// A bar for each value; of many, evenly chosen ones, the last among them.
  ///
  /// @param values from 0 to 1
  static String of(double[] values) {
    int count = Math.min(MOST, values.length);
    var bars = new StringBuilder();
    for (int i = 1; i <= count; i++) {
      int at = Math.toIntExact((long) i * values.length / count) - 1;
      int height = (int) Math.round(values[at] * (BARS.length() - 1));
      bars.append(BARS.charAt(Math.clamp(height, 0, BARS.length() - 1)));
    }
    return bars.toString();
  }
}
