package dev.promptls.lsp.wire;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.lsp4j.jsonrpc.ResponseErrorException;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseError;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseErrorCode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One client, from its first byte to its last.
///
/// JSON-RPC is spoken here and not by lsp4j's endpoint, which answers a cancelled request on the
/// reader's thread under a lock, writes whole messages, documents included, to the log, and puts
/// stack traces into replies. Its types and their JSON are used everywhere.
public final class Connection implements Client {
  private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

  private final FrameReader in;
  private final FrameWriter out;
  private final Routes routes;
  private final Lifecycle lifecycle = new Lifecycle();
  private final ConcurrentMap<JsonElement, Pending> pending = new ConcurrentHashMap<>();
  private final ConcurrentMap<Integer, Asked<?>> asked = new ConcurrentHashMap<>();
  private final AtomicInteger lastAsked = new AtomicInteger();
  private volatile @Nullable Thread reader;

  public Connection(InputStream in, OutputStream out, Routes routes) {
    this.in = new FrameReader(in);
    this.out = new FrameWriter(out);
    this.routes = routes;
  }

  /// Reads until `exit` or the end of the stream, whatever comes in between.
  ///
  /// @return what the process is to end with: 0 if there was a `shutdown`, else 1
  public int listen() {
    reader = Thread.currentThread();
    while (true) {
      try {
        switch (in.next()) {
          case Frame.End _ -> {
            return end();
          }
          case Frame.Bad bad -> replyError(JsonNull.INSTANCE, parseError(bad.sentence()));
          case Frame.Body body -> {
            if (!take(body)) {
              return end();
            }
          }
        }
      } catch (IOException gone) {
        LOG.info("The client's stream broke: {}", Failure.describe(gone));
        return end();
      } catch (Throwable failed) {
        // The reader outlives everything, a full heap included; only the one message is lost.
        LOG.error("A message could not be handled: {}", Failure.describe(failed));
      }
    }
  }

  private int end() {
    pending.values().forEach(request -> request.cancellation().cancel());
    asked.values().forEach(Asked::abandon);
    out.finish();
    return lifecycle.exitCode();
  }

  /// Handles one message; false after `exit`.
  private boolean take(Frame.Body body) {
    JsonElement message;
    try {
      message = Json.parse(body.bytes());
    } catch (JsonParseException malformed) {
      replyError(JsonNull.INSTANCE, parseError("A message is not JSON in UTF-8."));
      return true;
    }
    if (!(message instanceof JsonObject object)) {
      replyError(JsonNull.INSTANCE, invalidRequest("A message must be one JSON object."));
      return true;
    }
    JsonElement id = id(object);
    if (!(object.get("method") instanceof JsonPrimitive method) || !method.isString()) {
      if (object.has("result") || object.has("error")) {
        takeReply(object);
      } else {
        replyError(id, invalidRequest("A message has neither a method nor a result."));
      }
      return true;
    }
    if (!object.has("id")) {
      return takeNotification(method.getAsString(), object.get("params"));
    }
    if (id.isJsonNull()) {
      replyError(id, invalidRequest("The id of a request must be a number or a string."));
    } else {
      takeRequest(id, method.getAsString(), object.get("params"));
    }
    return true;
  }

  private static JsonElement id(JsonObject message) {
    return message.get("id") instanceof JsonPrimitive id && !id.isBoolean()
        ? id
        : JsonNull.INSTANCE;
  }

  private boolean takeNotification(String method, @Nullable JsonElement params) {
    if (method.equals("exit")) {
      return false;
    }
    if (!lifecycle.running()) {
      return true;
    }
    if (method.equals("$/cancelRequest")) {
      cancel(params);
    } else if (routes.find(method) instanceof Routes.Route.Notification route) {
      try {
        route.handler().accept(Json.params(params, route.params()));
      } catch (Throwable failed) {
        LOG.warn("The notification {} failed: {}", method, Failure.describe(failed));
      }
    }
    return true;
  }

  private void cancel(@Nullable JsonElement params) {
    if (params instanceof JsonObject object && object.get("id") instanceof JsonPrimitive id) {
      Pending request = pending.get(id);
      if (request != null) {
        request.cancel();
      }
    }
  }

  private void takeRequest(JsonElement id, String method, @Nullable JsonElement params) {
    Lifecycle.Refusal refusal = lifecycle.admit(method);
    if (refusal != null) {
      replyError(id, error(refusal.code(), refusal.sentence()));
      return;
    }
    if (method.equals("shutdown")) {
      pending.values().forEach(Pending::cancel);
    }
    if (!(routes.find(method) instanceof Routes.Route.Request route)) {
      replyError(
          id, error(ResponseErrorCode.MethodNotFound, "There is no method " + cut(method) + "."));
      return;
    }
    var request = new Pending(this, id, method);
    if (pending.putIfAbsent(id, request) != null) {
      replyError(id, invalidRequest("The id of this request is still in use by another."));
      return;
    }
    try {
      Object given = Json.params(params, route.params());
      Routes.Answer answer = Required.of(route.handler().take(given), method, given);
      if (method.equals("initialize") || method.equals("shutdown")) {
        // Their answers come before anything else is looked at: what follows may be exit.
        request.answer(answer);
      } else {
        Thread.ofVirtual().name(method).start(() -> request.answer(answer));
      }
    } catch (JsonParseException misfit) {
      request.fail(Required.misfit(method));
    } catch (Throwable failed) {
      request.fail(Failure.error(method, failed));
    }
  }

  private void takeReply(JsonObject reply) {
    Asked<?> question = null;
    if (reply.get("id") instanceof JsonPrimitive id && id.isNumber()) {
      question = asked.remove(id.getAsInt());
    }
    if (question != null) {
      question.take(reply);
    }
  }

  @Override
  public void notify(String method, Object params) {
    var envelope = new JsonObject();
    envelope.addProperty("method", method);
    write(Json.message(envelope, "params", params));
  }

  @Override
  public <T> CompletableFuture<@Nullable T> request(String method, Object params, Class<T> type) {
    int id = lastAsked.incrementAndGet();
    var question = new Asked<>(type);
    asked.put(id, question);
    var envelope = new JsonObject();
    envelope.addProperty("id", id);
    envelope.addProperty("method", method);
    write(Json.message(envelope, "params", params));
    return question.answer();
  }

  void settled(JsonElement id, Pending request) {
    pending.remove(id, request);
  }

  void reply(JsonElement id, @Nullable Object result) {
    var envelope = new JsonObject();
    envelope.add("id", id);
    write(Json.message(envelope, "result", result));
  }

  void replyError(JsonElement id, ResponseError error) {
    var envelope = new JsonObject();
    envelope.add("id", id);
    write(Json.message(envelope, "error", error));
  }

  private void write(String message) {
    try {
      if (Thread.currentThread().equals(reader)) {
        out.post(message);
      } else {
        out.write(message);
      }
    } catch (IOException gone) {
      // Nobody reads any more; the reader notices the end of its own stream.
      LOG.debug("A message could not be sent: {}", Failure.describe(gone));
    }
  }

  private static ResponseError parseError(String sentence) {
    return error(ResponseErrorCode.ParseError, sentence);
  }

  private static ResponseError invalidRequest(String sentence) {
    return error(ResponseErrorCode.InvalidRequest, sentence);
  }

  static ResponseError error(ResponseErrorCode code, String sentence) {
    return new ResponseError(code, sentence, null);
  }

  private static String cut(String name) {
    return name.length() <= 80 ? name : name.substring(0, 80) + "…";
  }

  /// A question of ours to the client.
  private record Asked<T>(Class<T> type, CompletableFuture<@Nullable T> answer) {
    Asked(Class<T> type) {
      this(type, new CompletableFuture<>());
    }

    void take(JsonObject reply) {
      try {
        if (reply.has("error")) {
          answer.completeExceptionally(
              new ResponseErrorException(
                  error(ResponseErrorCode.RequestFailed, "The client refused.")));
        } else {
          answer.complete(Json.read(reply.get("result"), type));
        }
      } catch (JsonParseException misfit) {
        answer.completeExceptionally(misfit);
      }
    }

    void abandon() {
      answer.completeExceptionally(
          new ResponseErrorException(
              error(ResponseErrorCode.ServerCancelled, "The connection has ended.")));
    }
  }
}
