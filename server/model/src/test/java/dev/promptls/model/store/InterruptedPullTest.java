package dev.promptls.model.store;

import static dev.promptls.model.store.TinyHub.DIGEST;
import static dev.promptls.model.store.TinyHub.FILE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.promptls.model.Cancellation;
import dev.promptls.model.ModelException;
import dev.promptls.model.web.FaultyServer;
import dev.promptls.model.web.Patience;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class InterruptedPullTest {
  @TempDir private Path home;

  private Store store(FaultyServer hub) {
    return TinyHub.store(home, hub.address(""), null, Patience.PATIENT);
  }

  @Test
  void theSecondOfTwoPullsWaitsAndFindsIt() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    CountDownLatch waiting = new CountDownLatch(1);
    FaultyServer.Handler handler =
        (_, wire) -> {
          go.await();
          TinyHub.whole(wire, FILE);
        };
    try (FaultyServer server = new FaultyServer(handler)) {
      Store store = store(server);
      ModelReference tiny = ModelReference.parse("tiny");
      CountDownLatch connected = new CountDownLatch(1);
      CompletableFuture<InstalledModel> first =
          inBackground(store, tiny, (_, _, _) -> connected.countDown());
      connected.await();
      CompletableFuture<InstalledModel> second =
          inBackground(
              store(server),
              tiny,
              (phase, _, _) -> {
                if (phase == Progress.Phase.WAITING) {
                  waiting.countDown();
                }
              });
      waiting.await();
      go.countDown();
      assertEquals(first.get(), second.get());
      assertEquals(1, server.requests().size());
    }
  }

  private static CompletableFuture<InstalledModel> inBackground(
      Store store, ModelReference reference, Progress progress) {
    CompletableFuture<InstalledModel> result = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(() -> {
          try {
            result.complete(store.pull(reference, progress, new Cancellation(), false));
          } catch (ModelException e) {
            result.completeExceptionally(e);
          }
        });
    return result;
  }

  @Test
  void aCancelledPullStopsAndKeepsItsPart() throws Exception {
    FaultyServer.Handler handler =
        (request, wire) -> {
          if (request.header("range").isEmpty()) {
            wire.head(200, "ETag: \"v1\"", "Content-Length: " + FILE.length);
            wire.send(FILE, 0, 100_000);
            wire.awaitHangUp();
          } else {
            TinyHub.part(wire, FILE, 100_000, FILE.length);
          }
        };
    try (FaultyServer server = new FaultyServer(handler)) {
      Store store = store(server);
      Cancellation cancellation = new Cancellation();
      Progress progress =
          (_, done, _) -> {
            if (done == 100_000) {
              cancellation.cancel();
            }
          };
      ModelReference tiny = ModelReference.parse("tiny");
      ModelException e =
          assertThrows(ModelException.class, () -> store.pull(tiny, progress, cancellation, false));
      assertTrue(String.valueOf(e.getMessage()).contains("was cancelled"), e.getMessage());
      assertEquals(DIGEST, TinyHub.pull(store, "tiny").sha256());
    }
  }
}
