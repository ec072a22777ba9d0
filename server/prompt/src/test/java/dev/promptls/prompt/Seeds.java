package dev.promptls.prompt;

/// Where tests with random texts begin: at the same seed in every build, so that what failed fails
/// again and a change is never refused for another's mistake; at a new one each night.
public final class Seeds {
  private static final long IN_THE_BUILD = 20_265;

  private Seeds() {}

  /// The first seed; `promptls.seed` overrides it.
  public static long first() {
    boolean night = Boolean.getBoolean("promptls.nightly");
    return Long.getLong("promptls.seed", night ? System.nanoTime() : IN_THE_BUILD);
  }
}
