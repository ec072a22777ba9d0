package dev.promptls.model.store;

import static dev.promptls.model.store.TinyHub.DIGEST;
import static dev.promptls.model.store.TinyHub.FILE;
import static dev.promptls.model.store.TinyHub.digest;
import static dev.promptls.model.store.TinyHub.file;
import static dev.promptls.model.store.TinyHub.part;
import static dev.promptls.model.store.TinyHub.pull;
import static dev.promptls.model.store.TinyHub.whole;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.promptls.model.Cancellation;
import dev.promptls.model.ModelException;
import dev.promptls.model.web.FaultyServer;
import dev.promptls.model.web.Patience;
import dev.promptls.model.web.TimeLimits;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PullTest {
  private static final byte[] UNKNOWN = file(250_000, 7);

  @TempDir private Path home;

  private Store store(URI hub, @Nullable String token) {
    return TinyHub.store(home, hub, token, Patience.PATIENT);
  }

  private String refusal(FaultyServer.Handler handler) throws Exception {
    return refusal(handler, Patience.PATIENT);
  }

  private String refusal(FaultyServer.Handler handler, TimeLimits limits) throws Exception {
    try (FaultyServer server = new FaultyServer(handler)) {
      Store store = TinyHub.store(home, server.address(""), null, limits);
      String reference = server.address("/m.gguf") + "#sha256=" + DIGEST;
      ModelException e = assertThrows(ModelException.class, () -> pull(store, reference));
      String sentence = String.valueOf(e.getMessage());
      assertTrue(store.list().isEmpty(), "nothing may be installed");
      assertTrue(sentence.endsWith("."), sentence);
      assertFalse(sentence.contains("\n"), sentence);
      return sentence;
    }
  }

  @Test
  void aFileIsPulledVerifiedAndFound() throws Exception {
    try (FaultyServer server = new FaultyServer((_, wire) -> whole(wire, UNKNOWN))) {
      Store store = store(server.address(""), null);
      InstalledModel model = pull(store, server.address("/dir/My%20Model.gguf").toString());
      assertEquals("my-model", model.name());
      assertEquals(digest(UNKNOWN), model.sha256());
      assertArrayEquals(UNKNOWN, Files.readAllBytes(model.path()));
      assertEquals(List.of(model), store.list());
      assertEquals(model, store.find("My Model").orElseThrow());
      assertEquals(0, Vault.entries(home.resolve("downloads")).size());
      assertEquals(0, Vault.entries(home.resolve("tmp")).size());
    }
  }

  @Test
  void theCatalogueIsAskedForByNameOrAliasAndIsPinned() throws Exception {
    try (FaultyServer server = new FaultyServer((_, wire) -> whole(wire, FILE))) {
      Store store = store(server.address(""), null);
      assertEquals("tiny", pull(store, "Smallest").name());
      assertEquals("/some/repo/resolve/main/tiny.gguf", server.requests().getFirst().path());
      assertEquals(
          "tiny",
          store.pull(ModelReference.parse("tiny"), Progress.NONE, new Cancellation(), true).name());
      assertEquals(1, server.requests().size());
    }
  }

  @Test
  void aCutDownloadGoesOnWhereItEnded() throws Exception {
    AtomicInteger round = new AtomicInteger();
    FaultyServer.Handler handler =
        (request, wire) -> {
          String range = request.header("range");
          int from = range.isEmpty() ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
          int to = round.incrementAndGet() < 4 ? Math.min(FILE.length, from + 80_000) : FILE.length;
          part(wire, FILE, from, to);
        };
    try (FaultyServer server = new FaultyServer(handler)) {
      InstalledModel model =
          pull(store(server.address(""), null), server.address("/m.gguf").toString());
      assertEquals(DIGEST, model.sha256());
      assertEquals(4, server.requests().size());
      assertEquals("bytes=80000-", server.requests().get(1).header("range"));
      assertEquals("\"v1\"", server.requests().get(1).header("if-range"));
    }
  }

  @Test
  void aFileThatChangedMeanwhileStartsOver() throws Exception {
    byte[] other = file(200_000, 2);
    AtomicInteger round = new AtomicInteger();
    FaultyServer.Handler handler =
        (_, wire) -> {
          if (round.incrementAndGet() == 1) {
            wire.head(200, "ETag: \"v1\"", "Content-Length: " + FILE.length);
            wire.send(FILE, 0, 100_000);
          } else {
            whole(wire, other, "ETag: \"v2\"");
          }
        };
    try (FaultyServer server = new FaultyServer(handler)) {
      InstalledModel model =
          pull(store(server.address(""), null), server.address("/m.gguf").toString());
      assertEquals(digest(other), model.sha256());
    }
  }

  @Test
  void aPartOfSomethingElseIsFetchedAgainWhole() throws Exception {
    AtomicInteger round = new AtomicInteger();
    FaultyServer.Handler handler =
        (request, wire) -> {
          if (round.incrementAndGet() == 1) {
            wire.head(200, "ETag: \"v1\"", "Content-Length: " + FILE.length);
            wire.send(file(FILE.length, 3), 0, 100_000);
          } else if (!request.header("range").isEmpty()) {
            part(wire, FILE, 100_000, FILE.length);
          } else {
            whole(wire, FILE);
          }
        };
    try (FaultyServer server = new FaultyServer(handler)) {
      Store store = store(server.address(""), null);
      ModelReference pinned = ModelReference.parse(server.address("/m.gguf") + "#sha256=" + DIGEST);
      Cancellation stop = new Cancellation();
      Progress once =
          (phase, done, _) -> {
            if (phase == Progress.Phase.DOWNLOADING && done >= 100_000) {
              stop.cancel();
            }
          };
      assertThrows(ModelException.class, () -> store.pull(pinned, once, stop, false));
      assertEquals(DIGEST, store.pull(pinned, Progress.NONE, new Cancellation(), false).sha256());
    }
  }

  @Test
  void lyingServersAreRefusedInASentence() throws Exception {
    assertTrue(refusal((_, wire) -> whole(wire, file(FILE.length, 9))).contains("has the digest"));
    assertTrue(
        refusal(
                (_, wire) -> {
                  wire.head(200, "Content-Length: " + FILE.length * 2L);
                  wire.send(FILE, 0, FILE.length);
                })
            .contains("cut"));
    assertTrue(
        refusal((_, wire) -> wire.reply(200, "text/html", "<html>log in</html>"))
            .contains("web page"));
    assertTrue(
        refusal((_, wire) -> whole(wire, FILE, "Content-Encoding: gzip")).contains("web page"));
    assertTrue(refusal((_, wire) -> whole(wire, new byte[5000])).contains("no GGUF file"));
    assertTrue(refusal((_, wire) -> whole(wire, new byte[0])).contains("no GGUF file"));
    assertTrue(refusal((_, wire) -> wire.reply(404, "text/plain", "no")).contains("no file at"));
    assertTrue(refusal((_, wire) -> wire.reply(403, "text/plain", "no")).contains("403"));
    assertTrue(refusal((_, wire) -> wire.reply(500, "text/plain", "no")).contains("500"));
    assertTrue(refusal((_, wire) -> wire.send("SSH-2.0-x\r\n")).contains("cut"));
  }

  @Test
  void aServerThatFallsSilentIsGivenUp() throws Exception {
    assertTrue(
        refusal(
                (_, wire) -> {
                  wire.head(200, "Content-Length: " + FILE.length);
                  wire.send(FILE, 0, 4);
                  wire.awaitHangUp();
                },
                Patience.IMPATIENT)
            .contains("fell silent"));
  }

  @Test
  void redirectsAreFollowedButNotForever() throws Exception {
    assertTrue(
        refusal((request, wire) ->
                wire.head(302, "Location: " + request.path(), "Content-Length: 0"))
            .contains("redirected more than"));
    assertTrue(
        refusal((_, wire) -> wire.head(302, "Location: file:///etc/passwd", "Content-Length: 0"))
            .contains("no web address"));
    assertTrue(refusal((_, wire) -> wire.head(302, "Content-Length: 0")).contains("redirect"));
  }

  @Test
  void theTokenStaysWithTheHub() throws Exception {
    try (FaultyServer files = new FaultyServer((_, wire) -> whole(wire, FILE));
        FaultyServer hub =
            new FaultyServer((request, wire) -> {
              boolean moved = request.path().startsWith("/old/");
              wire.head(
                  moved ? 307 : 302,
                  "Content-Length: 0",
                  "X-Linked-Etag: \"" + DIGEST + "\"",
                  "X-Linked-Size: " + FILE.length,
                  "Location: "
                      + (moved
                          ? request.path().replace("/old/", "/new/")
                          : files.address("/blob")));
            })) {
      InstalledModel model = pull(store(hub.address(""), "hf_secret"), "hf:old/repo/dir/x.gguf@v1");
      assertEquals(DIGEST, model.sha256());
      assertEquals("hf:old/repo/dir/x.gguf@v1", model.source());
      assertEquals(
          List.of("Bearer hf_secret", "Bearer hf_secret"),
          hub.requests().stream().map(r -> r.header("authorization")).toList());
      assertEquals(
          List.of(""), files.requests().stream().map(r -> r.header("authorization")).toList());
    }
  }

  @Test
  void theHubsDigestIsChecked() throws Exception {
    try (FaultyServer hub =
        new FaultyServer(
            (_, wire) -> whole(wire, FILE, "X-Linked-Etag: \"" + "0".repeat(64) + "\""))) {
      Store store = store(hub.address(""), null);
      ModelException e =
          assertThrows(ModelException.class, () -> pull(store, "hf:some/repo/x.gguf"));
      assertTrue(String.valueOf(e.getMessage()).contains("instead of 0000"), e.getMessage());
    }
  }

  @Test
  void offlineNeverConnects() throws Exception {
    try (FaultyServer server = new FaultyServer((_, wire) -> whole(wire, FILE))) {
      Store store = store(server.address(""), null);
      for (String reference :
          List.of("tiny", "hf:a/b/c.gguf", server.address("/m.gguf").toString())) {
        ModelException e =
            assertThrows(
                ModelException.class,
                () ->
                    store.pull(
                        ModelReference.parse(reference), Progress.NONE, new Cancellation(), true));
        assertTrue(String.valueOf(e.getMessage()).contains("--offline"), e.getMessage());
      }
      assertEquals(List.of(), server.requests());
    }
  }

  @Test
  void aNameTakenByAnotherFileGetsPartOfItsDigest() throws Exception {
    byte[] other = file(1000, 5);
    try (FaultyServer server =
        new FaultyServer(
            (request, wire) -> whole(wire, request.path().startsWith("/a") ? UNKNOWN : other))) {
      Store store = store(server.address(""), null);
      assertEquals("m", pull(store, server.address("/a/m.gguf").toString()).name());
      assertEquals(
          "m-" + digest(other).substring(0, 8),
          pull(store, server.address("/b/m.gguf").toString()).name());
      store.remove("m");
      assertEquals(1, store.list().size());
      assertThrows(ModelException.class, () -> store.remove("m"));
    }
  }
}
