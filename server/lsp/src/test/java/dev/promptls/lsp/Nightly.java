package dev.promptls.lsp;

import java.util.Arrays;
import java.util.Locale;

/// How much is tried: little in the build, much with `mvn verify -Pnightly`, which prints figures.
public final class Nightly {
  private static final boolean ON = Boolean.getBoolean("promptls.nightly");

  private Nightly() {}

  /// @param property that overrides both, `promptls.fuzz.…`
  public static int times(String property, int inTheBuild, int atNight) {
    return Integer.getInteger(property, ON ? atNight : inTheBuild);
  }

  /// Prints a figure, at night only.
  public static void say(String format, Object... values) {
    if (ON) {
      System.out.printf(Locale.ROOT, format + "%n", values);
    }
  }

  /// The milliseconds below which a share of some waits lies.
  public static double millis(long[] nanos, double share) {
    long[] sorted = nanos.clone();
    Arrays.sort(sorted);
    int at = (int) Math.min(sorted.length - 1, Math.ceil(share * sorted.length));
    return sorted[at] / 1e6;
  }

  /// What the heap holds, in bytes.
  public static long heap() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }
}
