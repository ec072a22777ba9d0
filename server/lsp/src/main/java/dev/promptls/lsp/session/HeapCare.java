package dev.promptls.lsp.session;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/// Has the heap collected while nobody types.
///
/// The serial collector leaves what died after it was promoted until the heap is at its limit, and
/// gives the young generation the size that fits the old one only when it collects both. So after a
/// large document was opened, a few keystrokes at a time would be promoted, to hundreds of MB. One
/// collection of both, which takes tens of milliseconds, ends that.
final class HeapCare {
  /// After the last change of a document: longer than between two keystrokes.
  private static final Duration PAUSE = Duration.ofSeconds(1);

  /// Between two looks at the heap.
  private static final Duration LOOK = Duration.ofMillis(100);

  /// In bytes, since the last collection.
  private static final long WORTH_IT = 24L << 20;

  /// So much is not left to wait for a pause.
  private static final long URGENT = 96L << 20;

  private final LongSupplier size;
  private final Runnable collection;
  private final AtomicBoolean waiting = new AtomicBoolean();
  private volatile long sizeBefore;
  private volatile long changed;

  HeapCare() {
    this(Runtime.getRuntime()::totalMemory, System::gc);
  }

  /// @param size of the heap, in bytes
  HeapCare(LongSupplier size, Runnable collection) {
    this.size = size;
    this.collection = collection;
    this.sizeBefore = size.getAsLong();
  }

  /// Is told of each change of a document. Never waits.
  void changed() {
    changed = System.nanoTime();
    if (growth() >= WORTH_IT && waiting.compareAndSet(false, true)) {
      Thread.ofVirtual().name("heap").start(this::collect);
    }
  }

  private long growth() {
    return size.getAsLong() - sizeBefore;
  }

  private void collect() {
    try {
      while (growth() < URGENT && System.nanoTime() - changed < PAUSE.toNanos()) {
        Thread.sleep(LOOK);
      }
      collection.run();
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    } finally {
      sizeBefore = size.getAsLong();
      waiting.set(false);
    }
  }
}
