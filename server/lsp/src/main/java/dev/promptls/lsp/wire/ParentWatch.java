package dev.promptls.lsp.wire;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Notices that the editor's process is gone, where its end does not close our stream.
public final class ParentWatch {
  private static final Duration PERIOD = Duration.ofMillis(800);

  private ParentWatch() {}

  /// Runs `gone` once after the process has ended; at most a second later.
  public static void start(long pid, Runnable gone) {
    Optional<ProcessHandle> parent = ProcessHandle.of(pid);
    Optional<Instant> started = parent.flatMap(handle -> handle.info().startInstant());
    Thread.ofVirtual()
        .name("parent watch")
        .start(() -> {
          try {
            while (parent.isPresent() && lives(parent.get(), started)) {
              Thread.sleep(PERIOD);
            }
            gone.run();
          } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
          }
        });
  }

  private static boolean lives(ProcessHandle parent, Optional<Instant> started) {
    // Another process may have been given the number since.
    return parent.isAlive()
        && parent.info().startInstant().equals(started)
        && !isZombie(parent.pid());
  }

  /// Whether the process has ended and only waits for its own parent to notice; known on Linux.
  private static boolean isZombie(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      return stat.startsWith(" Z", stat.lastIndexOf(')') + 1);
    } catch (IOException notLinux) {
      return false;
    }
  }
}
