package dev.promptls.lsp.session;

import java.time.Duration;

/// What is done a moment after something has happened, beside everything else.
final class Later {
  private Later() {}

  static void run(Duration pause, Runnable work) {
    Thread.ofVirtual()
        .name("later")
        .start(() -> {
          try {
            Thread.sleep(pause);
          } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
          }
          work.run();
        });
  }
}
