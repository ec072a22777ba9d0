package dev.promptls.template;

import java.time.Duration;

/// What one rendering may spend before it is stopped.
///
/// @param steps evaluated nodes and loop rounds
/// @param outputChars characters made, intermediate strings included
/// @param depth of nested constructs and partials
public record Fuel(long steps, long outputChars, int depth, Duration time) {
  public static final Fuel DEFAULT = new Fuel(1_000_000, 16L << 20, 64, Duration.ofMillis(150));
}
