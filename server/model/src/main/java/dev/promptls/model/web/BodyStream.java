package dev.promptls.model.web;

import dev.promptls.model.Cancellation;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A reply's body as a stream that does not wait forever: the JDK's own blocks without a limit when
/// the other side falls silent, and cannot be woken.
final class BodyStream extends InputStream implements BodySubscriber<InputStream> {
  private sealed interface Event {
    record Data(List<ByteBuffer> buffers) implements Event {}

    record End(@Nullable Throwable cause) implements Event {}

    record Wake() implements Event {}
  }

  private final LinkedBlockingQueue<Event> events = new LinkedBlockingQueue<>();
  private final Queue<ByteBuffer> buffers = new ArrayDeque<>();
  private final Duration silence;
  private final Cancellation cancellation;
  private Flow.@Nullable Subscription subscription;
  private Event.@Nullable End end;
  private boolean closed;

  BodyStream(Duration silence, Cancellation cancellation) {
    this.silence = silence;
    this.cancellation = cancellation;
    cancellation.onCancel(() -> events.add(new Event.Wake()));
  }

  @Override
  public CompletionStage<InputStream> getBody() {
    return CompletableFuture.completedFuture(this);
  }

  @Override
  public synchronized void onSubscribe(Flow.Subscription value) {
    if (closed) {
      value.cancel();
      return;
    }
    subscription = value;
    value.request(1);
  }

  @Override
  public void onNext(List<ByteBuffer> item) {
    events.add(new Event.Data(item));
  }

  @Override
  public void onError(Throwable cause) {
    events.add(new Event.End(cause));
  }

  @Override
  public void onComplete() {
    events.add(new Event.End(null));
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    ByteBuffer buffer = next();
    if (buffer == null) {
      return -1;
    }
    int count = Math.min(length, buffer.remaining());
    buffer.get(target, offset, count);
    return count;
  }

  /// The buffer that has the next byte; null at the end.
  private @Nullable ByteBuffer next() throws IOException {
    while (true) {
      checkCancelled();
      ByteBuffer head = buffers.peek();
      if (head != null && head.hasRemaining()) {
        return head;
      }
      if (head != null) {
        buffers.remove();
        continue;
      }
      if (end != null) {
        return atEnd(end);
      }
      take();
    }
  }

  private static @Nullable ByteBuffer atEnd(Event.End end) throws IOException {
    if (end.cause() != null) {
      throw new IOException("the connection was cut", end.cause());
    }
    return null;
  }

  private void take() throws IOException {
    try {
      switch (events.poll(silence.toMillis(), TimeUnit.MILLISECONDS)) {
        case Event.Data data -> {
          buffers.addAll(data.buffers());
          more();
        }
        case Event.End last -> end = last;
        case Event.Wake _ -> checkCancelled();
        case null -> {
          close();
          throw new HttpTimeoutException("nothing came for " + silence.toMillis() + " ms");
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      close();
      throw new InterruptedIOException("interrupted");
    }
  }

  private void checkCancelled() throws InterruptedIOException {
    if (cancellation.isCancelled()) {
      close();
      throw new InterruptedIOException("cancelled");
    }
  }

  private synchronized void more() {
    if (subscription != null) {
      subscription.request(1);
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (subscription != null) {
      subscription.cancel();
    }
  }
}
