package dev.promptls.lsp.wire;

import dev.promptls.model.Cancellation;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Which method of the protocol is answered by whom. Filled once, before the first message.
public final class Routes {
  private final Map<String, Route> routes = new HashMap<>();

  /// Answers a request. `P` is a type of lsp4j, or [com.google.gson.JsonElement].
  public <P> Routes request(String method, Class<P> params, RequestHandler<P> handler) {
    routes.put(method, new Route.Request(params, given -> handler.take(params.cast(given))));
    return this;
  }

  /// Takes a notification, on the reader's thread: the next message waits until it returns.
  public <P> Routes notification(String method, Class<P> params, Consumer<P> handler) {
    routes.put(method, new Route.Notification(params, given -> handler.accept(params.cast(given))));
    return this;
  }

  @Nullable Route find(String method) {
    return routes.get(method);
  }

  /// A request in two steps, so that it sees the state of the moment in which it came.
  @FunctionalInterface
  public interface RequestHandler<P> {
    /// Called on the reader's thread, in the order of the messages: takes what the answer needs and
    /// returns at once.
    Answer take(P params);
  }

  /// The work of a request, on a virtual thread of its own.
  @FunctionalInterface
  public interface Answer {
    /// The result; it is not sent if the request has been cancelled in between.
    ///
    /// @throws Exception any: the client gets one error reply. The code and sentence are those of a
    ///   [org.eclipse.lsp4j.jsonrpc.ResponseErrorException] if it is one
    @Nullable Object give(Cancellation cancellation) throws Exception;
  }

  sealed interface Route {
    Class<?> params();

    record Request(Class<?> params, RequestHandler<Object> handler) implements Route {}

    record Notification(Class<?> params, Consumer<Object> handler) implements Route {}
  }
}
