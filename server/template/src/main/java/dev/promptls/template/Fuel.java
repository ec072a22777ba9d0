package dev.promptls.template;

import java.time.Duration;

/// What one rendering may spend before it is stopped.
///
/// @param steps evaluated nodes and loop rounds
/// @param outputChars characters made, intermediate strings included
/// @param depth of nested constructs and partials
public record Fuel(long steps, long outputChars, int depth, Duration time) {
  public static final Fuel DEFAULT = new Fuel(1_000_000, 16L << 20, 64, Duration.ofMillis(150));

  /// For what somebody has asked for and waits for. The first rendering of a process runs cold,
  /// perhaps on a busy machine, and to refuse a sound template is worse than to wait; what bounds a
  /// hostile one is its steps and its output.
  public static final Duration PATIENT = Duration.ofSeconds(5);

  public Fuel withTime(Duration value) {
    return new Fuel(steps, outputChars, depth, value);
  }
}
