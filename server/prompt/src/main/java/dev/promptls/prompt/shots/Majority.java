package dev.promptls.prompt.shots;

/// What more than half of some things are like, found without a table of them all.
final class Majority {
  private Majority() {}

  /// Whether two things, given by their numbers, are alike.
  @FunctionalInterface
  interface Likeness {
    boolean holds(int one, int other);
  }

  /// The number of a thing that more than half of all are like; -1 if there is none. By Boyer and
  /// Moore: A fast majority vote algorithm, 1981.
  static int of(int count, Likeness alike) {
    int candidate = -1;
    int lead = 0;
    for (int i = 0; i < count; i++) {
      if (lead == 0) {
        candidate = i;
        lead = 1;
      } else {
        lead += alike.holds(candidate, i) ? 1 : -1;
      }
    }
    int votes = 0;
    for (int i = 0; i < count; i++) {
      votes += alike.holds(candidate, i) ? 1 : 0;
    }
    return 2 * votes > count ? candidate : -1;
  }
}
