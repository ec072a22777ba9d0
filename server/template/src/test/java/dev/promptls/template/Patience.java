package dev.promptls.template;

import java.time.Duration;

/// Fuel for templates that are no bombs.
public final class Patience {
  /// The usual fuel but for the time, which a busy machine would use up.
  public static final Fuel FUEL = new Fuel(1_000_000, 16L << 20, 64, Duration.ofMinutes(1));

  private Patience() {}
}
