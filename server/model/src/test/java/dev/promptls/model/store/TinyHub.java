package dev.promptls.model.store;

import dev.promptls.model.Cancellation;
import dev.promptls.model.ModelException;
import dev.promptls.model.web.EnvironmentProxies;
import dev.promptls.model.web.FaultyServer;
import dev.promptls.model.web.Patience;
import dev.promptls.model.web.TimeLimits;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// A hub with one small model, and stores that pull from it.
final class TinyHub {
  static final byte[] FILE = file(300_000, 1);
  static final String DIGEST = digest(FILE);

  private static final EnvironmentProxies NO_PROXIES = new EnvironmentProxies(Map.of());

  private TinyHub() {}

  static byte[] file(int size, long seed) {
    byte[] bytes = new byte[size];
    new Random(seed).nextBytes(bytes);
    System.arraycopy("GGUF".getBytes(StandardCharsets.US_ASCII), 0, bytes, 0, 4);
    return bytes;
  }

  static String digest(byte[] bytes) {
    var digest = Sha256.start();
    digest.update(bytes);
    return Sha256.hex(digest);
  }

  /// A store that knows of the hub's model as `tiny`, or `smallest`.
  static Store store(Path home, URI hub, @Nullable String token, TimeLimits limits) {
    Catalogue.Entry entry =
        new Catalogue.Entry(
            "tiny",
            List.of("smallest"),
            "Tiny",
            "1",
            "llama",
            "Q4_1",
            2_048,
            FILE.length,
            DIGEST,
            "Apache-2.0",
            new Catalogue.HubFile("some/repo", "tiny.gguf", "main"),
            null);
    return new Store(
        home,
        new Catalogue(List.of(entry)),
        new Store.Outside(
            hub, token, List.of(), NO_PROXIES, limits, Patience.RESTLESS, Duration.ofMinutes(1)));
  }

  static InstalledModel pull(Store store, String reference) throws ModelException {
    return store.pull(ModelReference.parse(reference), Progress.NONE, new Cancellation(), false);
  }

  static void whole(FaultyServer.Wire wire, byte[] bytes, String... more) throws IOException {
    String[] headers = Arrays.copyOf(more, more.length + 1);
    headers[more.length] = "Content-Length: " + bytes.length;
    wire.head(200, headers);
    wire.send(bytes, 0, bytes.length);
  }

  /// Answers a request for what of a file comes at an offset and behind it.
  ///
  /// @param to where the answer is cut off
  static void part(FaultyServer.Wire wire, byte[] file, int from, int to) throws IOException {
    wire.head(
        from == 0 ? 200 : 206,
        "ETag: \"v1\"",
        "Content-Length: " + (file.length - from),
        "Content-Range: bytes " + from + "-" + (file.length - 1) + "/" + file.length);
    wire.send(file, from, to);
  }
}
