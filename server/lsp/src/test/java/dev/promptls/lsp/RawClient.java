package dev.promptls.lsp;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// A client over pipes that speaks bytes: it knows frames and JSON and nothing of any server type.
public final class RawClient implements AutoCloseable {
  static final long PATIENCE_SECONDS = 60;

  private final OutputStream toServer;
  private final CompletableFuture<Integer> exit = new CompletableFuture<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private final Deque<JsonObject> inbox = new ArrayDeque<>();
  private final Map<String, Function<JsonObject, JsonElement>> answers = new HashMap<>();
  private int lastId = 1_000_000;

  private RawClient(OutputStream toServer) {
    this.toServer = toServer;
  }

  /// Something that serves two streams and ends with an exit code.
  @FunctionalInterface
  public interface Server {
    int run(InputStream in, OutputStream out);
  }

  public static RawClient of(Server server) {
    try {
      // Not PipedInputStream, which takes the end of a writing thread for the end of the stream.
      Pipe down = Pipe.open();
      Pipe up = Pipe.open();
      InputStream serverIn = Channels.newInputStream(down.source());
      InputStream clientIn = Channels.newInputStream(up.source());
      OutputStream serverOut = Channels.newOutputStream(up.sink());
      var client = new RawClient(Channels.newOutputStream(down.sink()));
      Thread.ofPlatform()
          .daemon()
          .name("server")
          .start(() -> client.exit.complete(server.run(serverIn, serverOut)));
      Thread.ofPlatform().daemon().name("client").start(() -> client.read(clientIn));
      return client;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// How requests of the server are answered; JSON's null without.
  public RawClient answering(String method, Function<JsonObject, JsonElement> answer) {
    answers.put(method, answer);
    return this;
  }

  public int exitCode() {
    return exit.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
  }

  public static byte[] frame(String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    byte[] header =
        ("Content-Length: " + bytes.length + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
    byte[] all = new byte[header.length + bytes.length];
    System.arraycopy(header, 0, all, 0, header.length);
    System.arraycopy(bytes, 0, all, header.length, bytes.length);
    return all;
  }

  public void send(String body) {
    sendRaw(frame(body));
  }

  public void sendBytes(byte[] body) {
    byte[] header =
        ("Content-Length: " + body.length + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
    sendRaw(header);
    sendRaw(body);
  }

  public synchronized void sendRaw(byte[] bytes) {
    try {
      toServer.write(bytes);
      toServer.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public void notify(String method, JsonElement params) {
    var message = new JsonObject();
    message.addProperty("jsonrpc", "2.0");
    message.addProperty("method", method);
    message.add("params", params);
    send(message.toString());
  }

  /// Sends a request and gives its id.
  public JsonPrimitive ask(String method, @Nullable JsonElement params) {
    var id = new JsonPrimitive(++lastId);
    var message = new JsonObject();
    message.addProperty("jsonrpc", "2.0");
    message.add("id", id);
    message.addProperty("method", method);
    if (params != null) {
      message.add("params", params);
    }
    send(message.toString());
    return id;
  }

  public JsonObject reply(String method, @Nullable String params) {
    return awaitReply(ask(method, params == null ? null : JsonParser.parseString(params)));
  }

  public JsonElement result(String method, @Nullable String params) {
    return resultOf(reply(method, params));
  }

  public JsonElement call(String method, JsonElement params) {
    return resultOf(awaitReply(ask(method, params)));
  }

  private static JsonElement resultOf(JsonObject reply) {
    if (reply.has("error")) {
      throw new AssertionError("refused: " + reply.get("error"));
    }
    return Objects.requireNonNullElse(reply.get("result"), JsonNull.INSTANCE);
  }

  public int error(String method, @Nullable String params) {
    return errorCode(reply(method, params));
  }

  public static int errorCode(JsonObject reply) {
    return reply.getAsJsonObject("error").get("code").getAsInt();
  }

  public JsonObject awaitReply(JsonElement id) {
    return await(m -> !m.has("method") && id.equals(m.get("id")));
  }

  /// The reply to something that had no id.
  public JsonObject awaitStray() {
    return await(m -> !m.has("method") && m.get("id").isJsonNull());
  }

  public JsonObject awaitAny() {
    return await(m -> true);
  }

  /// Drops what has come and was not awaited.
  public void forget() {
    lock.lock();
    try {
      inbox.clear();
    } finally {
      lock.unlock();
    }
  }

  /// The parameters of the next notification, or request, of a method that fits.
  public JsonObject awaitNotification(String method, Predicate<JsonObject> fits) {
    return await(m ->
            m.has("method")
                && m.get("method").getAsString().equals(method)
                && fits.test(m.getAsJsonObject("params")))
        .getAsJsonObject("params");
  }

  /// How many notifications of a method have come and not been awaited.
  public long waiting(String method) {
    lock.lock();
    try {
      var name = new JsonPrimitive(method);
      return inbox.stream().filter(message -> name.equals(message.get("method"))).count();
    } finally {
      lock.unlock();
    }
  }

  private JsonObject await(Predicate<JsonObject> fits) {
    lock.lock();
    try {
      long left = TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
      while (true) {
        for (var messages = inbox.iterator(); messages.hasNext(); ) {
          JsonObject message = messages.next();
          if (fits.test(message)) {
            messages.remove();
            return message;
          }
        }
        if (left <= 0) {
          throw new AssertionError("No such message in " + PATIENCE_SECONDS + " s; came: " + inbox);
        }
        left = arrived.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    } finally {
      lock.unlock();
    }
  }

  private void read(InputStream from) {
    try (var in = new BufferedInputStream(from)) {
      while (true) {
        int length = -1;
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
          length = Integer.parseInt(line.substring("Content-Length: ".length()));
        }
        byte[] body = in.readNBytes(length);
        take(JsonParser.parseString(new String(body, StandardCharsets.UTF_8)).getAsJsonObject());
      }
    } catch (IOException | IllegalStateException end) {
      exit.completeOnTimeout(-1, PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
  }

  private void take(JsonObject message) {
    if (message.has("id") && message.has("method")) {
      var reply = new JsonObject();
      reply.add("id", message.get("id"));
      reply.add(
          "result",
          answers
              .getOrDefault(message.get("method").getAsString(), _ -> JsonNull.INSTANCE)
              .apply(message.getAsJsonObject("params")));
      send(reply.toString());
    }
    lock.lock();
    try {
      inbox.add(message);
      arrived.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private static String line(InputStream in) throws IOException {
    var line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new IOException("end");
      }
      if (next != '\r') {
        line.append((char) next);
      }
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    toServer.close();
  }
}
