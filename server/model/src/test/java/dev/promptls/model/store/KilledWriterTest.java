package dev.promptls.model.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.promptls.model.Cancellation;
import dev.promptls.model.ModelException;
import dev.promptls.model.web.FaultyServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// R13: a writer killed at any point leaves nothing half-done to be seen. The child installs,
/// builds and removes without end and prints a line for each step; it is killed after a random
/// number of them. Set the property `promptls.kills` for more rounds.
final class KilledWriterTest {
  private static final int FILES = 5;
  private static final byte[] CONTENT = content();
  private static final String DIGEST = digest();

  @TempDir private Path folder;

  private static byte[] content() {
    byte[] content = new byte[5 << 20];
    new Random(1).nextBytes(content);
    System.arraycopy("GGUF".getBytes(StandardCharsets.US_ASCII), 0, content, 0, 4);
    return content;
  }

  private static String digest() {
    MessageDigest digest = Sha256.start();
    digest.update(CONTENT);
    return Sha256.hex(digest);
  }

  /// The process that is killed.
  public static final class Writer {
    private Writer() {}

    public static void main(String[] arguments) throws ModelException {
      Store store = Store.open(Path.of(arguments[0]));
      ModelReference model = ModelReference.parse(arguments[1]);
      Progress steps = (phase, done, _) -> System.out.println(phase + " " + done);
      while (true) {
        InstalledModel installed = store.pull(model, steps, new Cancellation(), false);
        store.buildOnce(
            installed.sha256() + "/x",
            steps,
            new Cancellation(),
            target -> {
              for (int i = 0; i < FILES; i++) {
                Files.writeString(target.resolve("f" + i), "content of " + i);
                steps.report(Progress.Phase.COPYING, i, FILES);
              }
            });
        store.remove(installed.name());
        System.out.println("removed");
      }
    }
  }

  @Test
  void nothingHalfDoneIsEverSeenOfACopy() throws Exception {
    Path model = folder.resolve("m.gguf");
    killAgainAndAgain(Files.write(model, CONTENT).toString());
  }

  @Test
  void nothingHalfDoneIsEverSeenOfADownload() throws Exception {
    FaultyServer.Handler handler =
        (request, wire) -> {
          String range = request.header("range").replaceAll("\\D", "");
          int from = range.isEmpty() ? 0 : Integer.parseInt(range);
          TinyHub.part(wire, CONTENT, from, CONTENT.length);
        };
    try (FaultyServer server = new FaultyServer(handler)) {
      killAgainAndAgain(server.address("/m.gguf").toString());
    }
  }

  private void killAgainAndAgain(String model) throws IOException, ModelException {
    long seed = Long.getLong("promptls.seed", 20_266);
    Random random = new Random(seed);
    Path home = folder.resolve("home");
    for (int round = 0; round < Integer.getInteger("promptls.kills", 3); round++) {
      killAfter(random.nextInt(400), home, model);
      check(Store.open(home), model, "seed " + seed + " round " + round);
    }
  }

  private static void killAfter(int lines, Path home, String model) throws IOException {
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Writer.class.getName(),
                home.toString(),
                model)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader out =
        new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
      for (int i = 0; i <= lines; i++) {
        assertTrue(out.readLine() != null, "the writer ended by itself");
      }
    } finally {
      child.destroyForcibly();
      child.onExit().join();
    }
  }

  private static void check(Store store, String model, String when)
      throws IOException, ModelException {
    for (InstalledModel seen : store.list()) {
      assertEquals(DIGEST, Sha256.of(seen.path(), Progress.NONE, new Cancellation()), when);
    }
    Path built = store.imported(DIGEST + "/x");
    if (Files.exists(built)) {
      assertEquals(FILES, Vault.entries(built).size(), when);
    }
    ModelReference reference = ModelReference.parse(model);
    assertEquals(
        DIGEST, store.pull(reference, Progress.NONE, new Cancellation(), false).sha256(), when);
    new Vault(store.home()).sweep();
    assertEquals(List.of(), Vault.entries(store.home().resolve("tmp")), when);
  }
}
