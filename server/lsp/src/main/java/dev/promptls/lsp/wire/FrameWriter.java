package dev.promptls.lsp.wire;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/// Puts messages on a byte stream, each whole and in the order in which they are given. Safe for
/// use by several threads.
///
/// A client may write a lot before it reads again. So whoever reads from it must not wait until it
/// takes what is written: that thread posts its messages, and they wait here.
final class FrameWriter {
  /// The most bytes that wait for a client; then all wait with them.
  private static final int MOST_WAITING = 64 << 20;

  private static final long GRACE_MILLIS = 500;
  private static final byte[] REPLACEMENT = {(byte) 0xEF, (byte) 0xBF, (byte) 0xBD};

  private final OutputStream out;
  private final Queue<byte[]> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicLong waitingBytes = new AtomicLong();
  private final AtomicBoolean posted = new AtomicBoolean();
  private final ReentrantLock lock = new ReentrantLock();

  FrameWriter(OutputStream out) {
    this.out = out;
  }

  /// Writes one message. A surrogate without its other half becomes U+FFFD.
  void write(String json) throws IOException {
    add(json);
    lock.lock();
    try {
      writeWaiting();
    } finally {
      lock.unlock();
    }
  }

  /// Has one message written by another thread.
  void post(String json) throws IOException {
    if (waitingBytes.get() > MOST_WAITING) {
      write(json);
      return;
    }
    add(json);
    if (posted.compareAndSet(false, true)) {
      Thread.ofVirtual().name("writer").start(this::writePosted);
    }
  }

  private void writePosted() {
    lock.lock();
    try {
      posted.set(false); // what is posted from now on may come too late for this turn
      writeWaiting();
    } catch (IOException gone) {
      forget();
    } finally {
      lock.unlock();
    }
  }

  /// Writes what waits, unless the client takes nothing.
  void finish() {
    try {
      if (lock.tryLock(GRACE_MILLIS, TimeUnit.MILLISECONDS)) {
        try {
          writeWaiting();
        } finally {
          lock.unlock();
        }
      }
    } catch (IOException gone) {
      forget();
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  private void add(String json) throws IOException {
    ByteBuffer body = encode(json);
    byte[] header =
        ("Content-Length: " + body.remaining() + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
    byte[] frame = new byte[header.length + body.remaining()];
    System.arraycopy(header, 0, frame, 0, header.length);
    body.get(frame, header.length, body.remaining());
    waiting.add(frame);
    waitingBytes.addAndGet(frame.length);
  }

  /// Nobody reads any more; the reader notices the end of its own stream.
  private void forget() {
    waiting.clear();
    waitingBytes.set(0);
  }

  /// Whoever holds the lock writes for all.
  private void writeWaiting() throws IOException {
    for (byte[] frame = waiting.poll(); frame != null; frame = waiting.poll()) {
      waitingBytes.addAndGet(-frame.length);
      out.write(frame);
    }
    out.flush();
  }

  private static ByteBuffer encode(String json) throws CharacterCodingException {
    return StandardCharsets.UTF_8
        .newEncoder()
        .onMalformedInput(CodingErrorAction.REPLACE)
        .replaceWith(REPLACEMENT)
        .encode(CharBuffer.wrap(json));
  }
}
