package dev.promptls.model.store;

import dev.promptls.model.Cancellation;
import dev.promptls.model.web.Backoff;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The right to write something, held by at most one thread of one process. The operating system
/// takes it back from a process that dies. Lock files stay: to delete one is to race for it.
final class WriterLock implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(50);

  // POSIX drops a process's locks on a file as soon as the process closes any handle to it, so
  // a second thread must not even open a file that a first one has locked. This set is the one
  // piece of static state, because the rule is one of the whole process.
  private static final Set<Path> HELD = new HashSet<>();

  private final Path file;
  private final FileChannel channel;

  private WriterLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /// Waits until nobody else has the lock.
  ///
  /// @throws InterruptedIOException if cancelled while waiting
  static WriterLock take(Path file, Progress progress, Cancellation cancellation)
      throws IOException {
    while (true) {
      Optional<WriterLock> lock = tryTake(file);
      if (lock.isPresent()) {
        return lock.get();
      }
      progress.report(Progress.Phase.WAITING, 0, -1);
      Backoff.await(POLL, cancellation);
    }
  }

  /// The lock if nobody has it.
  static Optional<WriterLock> tryTake(Path file) throws IOException {
    Path folder = Files.createDirectories(file.resolveSibling(".").normalize());
    Path canonical = folder.toRealPath().resolve(file.getFileName());
    synchronized (HELD) {
      if (!HELD.add(canonical)) {
        return Optional.empty();
      }
    }
    FileChannel channel = null;
    FileLock lock = null;
    try {
      channel = FileChannel.open(canonical, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      lock = channel.tryLock();
      return lock == null ? Optional.empty() : Optional.of(new WriterLock(canonical, channel));
    } finally {
      if (lock == null) {
        release(canonical, channel);
      }
    }
  }

  private static void release(Path file, @Nullable FileChannel channel) throws IOException {
    try {
      if (channel != null) {
        channel.close();
      }
    } finally {
      synchronized (HELD) {
        HELD.remove(file);
      }
    }
  }

  @Override
  public void close() throws IOException {
    release(file, channel);
  }
}
