package dev.promptls.bench;

import java.util.concurrent.TimeUnit;

/// The end of a process that was asked to end.
final class GracefulEnd {
  private static final int SECONDS = 5;

  private GracefulEnd() {}

  /// Waits, and kills a process that does not end by itself.
  static void of(Process process) {
    Process ended = process.onExit().completeOnTimeout(process, SECONDS, TimeUnit.SECONDS).join();
    if (ended.isAlive()) {
      ended.destroyForcibly();
    }
  }
}
