package dev.promptls.lsp.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class HeapCareTest {
  private static final long MEBIBYTE = 1 << 20;

  private final AtomicLong size = new AtomicLong(16 * MEBIBYTE);
  private final Semaphore collections = new Semaphore(0);
  private final HeapCare care = new HeapCare(size::get, this::collect);

  private void collect() {
    size.set(32 * MEBIBYTE);
    collections.release();
  }

  @Test
  void aHeapThatGrewByMuchIsCollectedOnce() throws InterruptedException {
    care.changed();
    size.set(200 * MEBIBYTE);
    care.changed();
    collections.acquire();
    care.changed();

    assertEquals(0, collections.availablePermits());
  }

  @Test
  void aHeapThatGrewIsCollectedOnceNobodyTypes() throws InterruptedException {
    size.set(60 * MEBIBYTE);
    care.changed();

    collections.acquire();
    assertEquals(32 * MEBIBYTE, size.get());
  }
}
