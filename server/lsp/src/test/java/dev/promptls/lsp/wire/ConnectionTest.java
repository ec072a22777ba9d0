package dev.promptls.lsp.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.promptls.lsp.Nightly;
import dev.promptls.lsp.RawClient;
import dev.promptls.model.Cancellation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.eclipse.lsp4j.HoverParams;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ConnectionTest {
  private final CountDownLatch started = new CountDownLatch(1);
  private final CompletableFuture<Boolean> stopped = new CompletableFuture<>();
  private final RawClient client =
      RawClient.of((in, out) -> new Connection(in, out, routes()).listen());

  @AfterEach
  void close() throws IOException {
    client.close();
  }

  private Routes routes() {
    return new Routes()
        .request("initialize", JsonElement.class, _ -> _ -> new JsonPrimitive("hello"))
        .request("shutdown", JsonElement.class, _ -> _ -> null)
        .request("echo", JsonElement.class, params -> _ -> params)
        .request("hover", HoverParams.class, _ -> _ -> null)
        .request("slow", JsonElement.class, _ -> this::untilCancelled)
        .request("throw", JsonElement.class, params -> _ -> raise(params))
        .request("throw at once", JsonElement.class, params -> raise(params))
        .notification("note", JsonElement.class, ConnectionTest::raise);
  }

  private Object untilCancelled(Cancellation cancellation) throws InterruptedException {
    var cancelled = new CountDownLatch(1);
    cancellation.onCancel(cancelled::countDown);
    started.countDown();
    cancelled.await();
    stopped.complete(true);
    return "too late";
  }

  private static Routes.Answer raise(JsonElement params) {
    String secret = "the text of a document";
    switch (params.getAsJsonObject().get("what").getAsString()) {
      case "memory" -> throw new OutOfMemoryError(secret);
      case "stack" -> throw new StackOverflowError(secret);
      case "linkage" -> throw new NoClassDefFoundError(secret);
      default -> throw new IllegalStateException(secret);
    }
  }

  @Test
  void beforeInitializeNothingIsAnswered() {
    assertEquals(-32002, client.error("echo", "{}"));
    assertEquals(-32002, client.error("unheard of", "{}"));
    assertEquals("hello", client.result("initialize", "{}").getAsString());
    assertEquals(-32600, client.error("initialize", "{}"));
  }

  @Test
  void unknownRequestsAreRefusedAndUnknownNotificationsIgnored() {
    client.result("initialize", "{}");
    assertEquals(-32601, client.error("unheard/of", "{}"));
    assertEquals(-32601, client.error("$/unheardOf", "{}"));
    client.send("{\"jsonrpc\":\"2.0\",\"method\":\"$/unheardOf\"}");
    assertAlive();
  }

  @Test
  void afterShutdownNothingButExit() {
    client.result("initialize", "{}");
    assertTrue(client.result("shutdown", null).isJsonNull());
    assertEquals(-32600, client.error("echo", "{}"));
    client.send("{\"jsonrpc\":\"2.0\",\"method\":\"exit\"}");
    assertEquals(0, client.exitCode());
  }

  @Test
  void exitWithoutShutdownIsAFailure() {
    client.result("initialize", "{}");
    client.send("{\"jsonrpc\":\"2.0\",\"method\":\"exit\"}");
    assertEquals(1, client.exitCode());
  }

  @Test
  void aClosedStreamEndsTheConnection() throws IOException {
    client.result("initialize", "{}");
    client.close();
    assertEquals(1, client.exitCode());
  }

  @Test
  void whateverAHandlerThrowsIsOneReplyThatTellsNothingOfTheText() {
    client.result("initialize", "{}");
    for (String method : List.of("throw", "throw at once")) {
      for (String what : List.of("memory", "stack", "linkage", "state")) {
        JsonObject reply = client.reply(method, "{\"what\":\"" + what + "\"}");
        JsonObject error = reply.getAsJsonObject("error");
        assertEquals(-32603, error.get("code").getAsInt());
        assertFalse(error.toString().contains("document"));
        assertFalse(error.has("data"));
        client.send("{\"method\":\"note\",\"params\":{\"what\":\"" + what + "\"}}");
        assertAlive();
      }
    }
  }

  @Test
  void aCancelledRequestIsAnsweredAtOnceAndItsWorkStops() throws InterruptedException {
    client.result("initialize", "{}");
    client.send("{\"id\":77,\"method\":\"slow\"}");
    started.await();
    client.send("{\"method\":\"$/cancelRequest\",\"params\":{\"id\":77}}");
    assertEquals(-32800, RawClient.errorCode(client.awaitReply(new JsonPrimitive(77))));
    assertTrue(stopped.join());
    assertAlive();
  }

  @Test
  @Timeout(60)
  void aClientMayWriteEverythingBeforeItReadsAnything() throws IOException {
    Pipe down = Pipe.open();
    Pipe up = Pipe.open();
    var out = Channels.newOutputStream(down.sink());
    Thread.ofPlatform()
        .daemon()
        .start(() -> {
          var connection =
              new Connection(
                  Channels.newInputStream(down.source()),
                  Channels.newOutputStream(up.sink()),
                  routes());
          assertEquals(0, connection.listen());
          try {
            up.sink().close();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
    out.write(RawClient.frame("{\"id\":0,\"method\":\"initialize\"}"));
    int requests = 5_000;
    for (int id = 1; id <= requests; id++) {
      String method = id % 2 == 0 ? "echo" : "unheard of";
      out.write(RawClient.frame("{\"id\":%d,\"method\":\"%s\"}".formatted(id, method)));
    }
    out.write(RawClient.frame("{\"id\":-1,\"method\":\"shutdown\"}"));
    out.write(RawClient.frame("{\"method\":\"exit\"}"));
    String replies =
        new String(Channels.newInputStream(up.source()).readAllBytes(), StandardCharsets.UTF_8);
    // Those that were still at work at the shutdown are answered as cancelled.
    assertEquals(requests + 2, replies.split("Content-Length: ", -1).length - 1);
  }

  @Test
  void malformedMessagesGetTheirError() {
    client.result("initialize", "{}");
    assertEquals(-32700, strayError("not json"));
    assertEquals(-32700, strayError("{\"id\":1,"));
    assertEquals(-32700, strayError("{\"id\":1,\"method\":\"echo\"} x"));
    assertEquals(-32700, strayError("{id:1}"));
    assertEquals(-32700, strayError("[".repeat(100_000)));
    assertEquals(-32700, strayError("{\"a\":".repeat(100_000)));
    assertEquals(-32600, strayError("[]"));
    assertEquals(-32600, strayError("{}"));
    assertEquals(-32600, strayError("{\"id\":null,\"method\":\"echo\"}"));
    assertEquals(-32602, client.error("hover", "[7]"));
    assertEquals(-32602, client.error("hover", "{\"position\":\"here\"}"));
    assertAlive();
  }

  @Test
  void bytesThatAreNotUtf8AreNotJson() {
    client.result("initialize", "{}");
    client.sendBytes("{\"id\":1,\"method\":\"\u00E9\"}".getBytes(StandardCharsets.ISO_8859_1));
    assertEquals(-32700, RawClient.errorCode(client.awaitStray()));
    client.sendBytes("{\"id\":1,\"method\":\"echo\"}".getBytes(StandardCharsets.UTF_16LE));
    assertEquals(-32700, RawClient.errorCode(client.awaitStray()));
    assertAlive();
  }

  @Test
  void idsComeBackAsTheyWere() {
    client.result("initialize", "{}");
    for (String id : List.of("5", "\"five\"", "9007199254740993")) {
      client.send("{\"id\":" + id + ",\"method\":\"echo\",\"params\":[null,\"\\ud800\"]}");
      JsonObject reply = client.awaitAny();
      assertEquals(id, reply.get("id").toString(), reply::toString);
      assertEquals("[null,\"\uFFFD\"]", reply.get("result").toString());
    }
  }

  @Test
  void afterAnyMutationTheNextRequestIsAnsweredAndNothingIsKept() {
    client.result("initialize", "{}");
    long seed = Long.getLong("promptls.seed", 20261);
    int rounds = Nightly.times("promptls.fuzz.frames", 20_000, 1_000_000);
    var random = new Random(seed);
    byte[] base =
        RawClient.frame(
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"hover\",\"params\":{\"position\":"
                + "{\"line\":1,\"character\":2},\"textDocument\":{\"uri\":\"file:///a\"}}}");
    long[] waits = new long[rounds];
    long before = Nightly.heap();
    for (int round = 0; round < rounds; round++) {
      client.sendRaw(Mutations.of(base, random));
      long asked = System.nanoTime();
      assertAlive();
      waits[round] = System.nanoTime() - asked;
      client.forget();
    }
    long growth = Nightly.heap() - before;
    assertTrue(growth < 64 << 20, () -> "The heap grew by %d bytes.".formatted(growth));
    Nightly.say(
        "R1, R2: %d mutated frames, heap %+.1f MB, next answer within %.2f ms at p99, %.1f ms at most",
        rounds, growth / 1e6, Nightly.millis(waits, 0.99), Nightly.millis(waits, 1));
  }

  private int strayError(String body) {
    client.send(body);
    return RawClient.errorCode(client.awaitStray());
  }

  private void assertAlive() {
    assertNotNull(client.result("echo", "{}"));
  }
}
