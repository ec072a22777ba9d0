package dev.promptls.lsp.session;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.promptls.model.Cancellation;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Work that the client shows, and that can be cancelled from there.
public final class Progress {
  private static final long REPORT_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long CREATE_SECONDS = 5;

  private final Session session;
  private final ConcurrentMap<JsonElement, Cancellation> running = new ConcurrentHashMap<>();
  private final AtomicInteger lastToken = new AtomicInteger();

  public Progress(Session session) {
    this.session = session;
  }

  /// Begins to show some work, under the client's token if it sent one, else under one of ours if
  /// it takes that.
  ///
  /// @param work cancelled when the person at the client says so
  public Task begin(String title, @Nullable JsonElement clientToken, Cancellation work) {
    boolean given = clientToken instanceof JsonPrimitive;
    if (!given && !session.abilities().can("window.workDoneProgress")) {
      return new Task(null);
    }
    JsonElement token =
        given && clientToken != null
            ? clientToken
            : new JsonPrimitive("promptls-" + lastToken.incrementAndGet());
    running.put(token, work);
    var task = new Task(token);
    task.open(!given, title);
    return task;
  }

  /// `window/workDoneProgress/cancel`.
  public void cancel(JsonElement params) {
    if (params instanceof JsonObject object && object.get("token") instanceof JsonPrimitive token) {
      Cancellation work = running.get(token);
      if (work != null) {
        work.cancel();
      }
    }
  }

  /// One piece of work. What it says is sent in order and never by the thread that says it.
  public final class Task implements AutoCloseable {
    private final @Nullable JsonElement token;
    private final ExecutorService sending =
        Executors.newSingleThreadExecutor(Thread.ofVirtual().name("progress").factory());
    private final AtomicLong lastReport = new AtomicLong(System.nanoTime());
    // Written and read by the sending thread only.
    private boolean shown;

    private Task(@Nullable JsonElement token) {
      this.token = token;
    }

    private void open(boolean create, String title) {
      sending.execute(() -> {
        shown = !create || created();
        var value = new JsonObject();
        value.addProperty("kind", "begin");
        value.addProperty("title", title);
        value.addProperty("cancellable", true);
        send(value);
      });
    }

    private boolean created() {
      var params = new JsonObject();
      params.add("token", token);
      try {
        session
            .client()
            .request("window/workDoneProgress/create", params, JsonElement.class)
            .get(CREATE_SECONDS, TimeUnit.SECONDS);
        return true;
      } catch (ExecutionException | TimeoutException refused) {
        return false;
      } catch (InterruptedException stop) {
        Thread.currentThread().interrupt();
        return false;
      }
    }

    /// Says how far the work is; said too often, some of it is left out.
    ///
    /// @param percentage 0 to 100, null if unknown
    public void report(String message, @Nullable Integer percentage) {
      long now = System.nanoTime();
      long last = lastReport.get();
      if (token == null
          || now - last < REPORT_EVERY_NANOS
          || !lastReport.compareAndSet(last, now)) {
        return;
      }
      var value = new JsonObject();
      value.addProperty("kind", "report");
      value.addProperty("message", message);
      if (percentage != null) {
        value.addProperty("percentage", percentage);
      }
      sending.execute(() -> send(value));
    }

    /// Sends a part of the result before all of it is there.
    ///
    /// @param to the client's token for such parts; nothing is sent if it gave none
    public void partial(@Nullable JsonElement to, JsonElement part) {
      if (to instanceof JsonPrimitive) {
        var params = new JsonObject();
        params.add("token", to);
        params.add("value", part);
        sending.execute(() -> session.client().notify("$/progress", params));
      }
    }

    @Override
    public void close() {
      if (token != null) {
        running.remove(token);
        var value = new JsonObject();
        value.addProperty("kind", "end");
        sending.execute(() -> send(value));
      }
      sending.shutdown();
    }

    private void send(JsonObject value) {
      if (shown) {
        var params = new JsonObject();
        params.add("token", token);
        params.add("value", value);
        session.client().notify("$/progress", params);
      }
    }
  }
}
