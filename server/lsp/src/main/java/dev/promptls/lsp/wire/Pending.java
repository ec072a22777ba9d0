package dev.promptls.lsp.wire;

import com.google.gson.JsonElement;
import dev.promptls.model.Cancellation;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseError;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseErrorCode;
import org.jspecify.annotations.Nullable;

/// A request that came and whose one reply is still owed.
final class Pending {
  private final Connection connection;
  private final JsonElement id;
  private final String method;
  private final Cancellation cancellation = new Cancellation();
  private final AtomicBoolean replied = new AtomicBoolean();

  Pending(Connection connection, JsonElement id, String method) {
    this.connection = connection;
    this.id = id;
    this.method = method;
  }

  Cancellation cancellation() {
    return cancellation;
  }

  /// Does the work and replies; nothing escapes.
  void answer(Routes.Answer answer) {
    try {
      if (cancellation.isCancelled()) {
        return;
      }
      Object result = answer.give(cancellation);
      if (settle()) {
        reply(result);
      }
    } catch (CancellationException cancelled) {
      fail(Connection.error(ResponseErrorCode.RequestCancelled, "Cancelled."));
    } catch (Throwable failed) {
      fail(Failure.error(method, failed));
    }
  }

  private void reply(@Nullable Object result) {
    try {
      connection.reply(id, result);
    } catch (Throwable failed) {
      // The result could not be written as JSON, so nothing of it has been sent.
      connection.replyError(id, Failure.error(method, failed));
    }
  }

  /// Replies at once that the request is cancelled, and tells the work to stop.
  void cancel() {
    fail(Connection.error(ResponseErrorCode.RequestCancelled, "Cancelled."));
    cancellation.cancel();
  }

  void fail(ResponseError error) {
    if (settle()) {
      connection.replyError(id, error);
    }
  }

  /// Whether the reply is this caller's to give. The id is free before the client can read the
  /// reply, as it may ask the next question by the same.
  private boolean settle() {
    boolean first = replied.compareAndSet(false, true);
    if (first) {
      connection.settled(id, this);
    }
    return first;
  }
}
