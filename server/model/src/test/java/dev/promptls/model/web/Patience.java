package dev.promptls.model.web;

import java.time.Duration;

/// How long tests wait for the other side, which runs in the same process or beside it.
public final class Patience {
  /// Longer than a sound other side takes on any machine.
  public static final TimeLimits PATIENT =
      new TimeLimits(Duration.ofMinutes(1), Duration.ofMinutes(1), Duration.ofMinutes(1));

  /// For an other side that never says anything more.
  public static final TimeLimits IMPATIENT =
      new TimeLimits(Duration.ofMinutes(1), Duration.ofMinutes(1), Duration.ofMillis(300));

  /// As good as no pause between attempts.
  public static final Backoff RESTLESS = new Backoff(3, Duration.ofMillis(1), Duration.ofMillis(5));

  private Patience() {}
}
