package dev.promptls.model.decode;

import dev.promptls.model.Timing;

/// Measures one request: prefill until its first token, decode from there.
final class Stopwatch {
  private final long asked = System.nanoTime();
  private long begun;
  private long first;

  /// The first step begins; later calls do nothing.
  void begin() {
    if (begun == 0) {
      begun = System.nanoTime();
    }
  }

  /// The first token is there; later calls do nothing.
  void firstToken() {
    if (first == 0) {
      first = System.nanoTime();
    }
  }

  /// @param prefilled tokens computed, without the cached ones
  Timing read(int prefilled, int output) {
    long now = System.nanoTime();
    long firstAt = first == 0 ? now : first;
    long begunAt = begun == 0 ? now : begun;
    return new Timing(
        (firstAt - asked) / 1e6,
        rate(prefilled, firstAt - begunAt),
        rate(output - 1, now - firstAt),
        (now - asked) / 1e6);
  }

  private static double rate(int tokens, long nanos) {
    return tokens <= 0 || nanos <= 0 ? 0 : tokens * 1e9 / nanos;
  }
}
