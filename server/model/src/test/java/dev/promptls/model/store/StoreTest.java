package dev.promptls.model.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.promptls.model.Cancellation;
import dev.promptls.model.ModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StoreTest {
  @TempDir private Path folder;
  private Path home;
  private Store store;

  @BeforeEach
  void open() throws ModelException {
    home = folder.resolve("home");
    store = Store.open(home);
  }

  private Path gguf(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), "GGUF" + content);
  }

  private InstalledModel put(Path path) throws ModelException {
    return store.importFile(path, Progress.NONE, new Cancellation());
  }

  private static String sentence(org.junit.jupiter.api.function.Executable what) {
    String sentence = String.valueOf(assertThrows(ModelException.class, what).getMessage());
    assertTrue(sentence.endsWith(".") && !sentence.contains("\n"), sentence);
    return sentence;
  }

  @Test
  void aFileIsCopiedAndFoundByItsName() throws Exception {
    InstalledModel model = put(gguf("My Model.GGUF", "x"));
    assertEquals("my-model", model.name());
    assertEquals("GGUFx", Files.readString(model.path()));
    assertEquals(Optional.of(model), store.find("my-model"));
    assertEquals(model, store.info("My Model"));
    assertEquals(model, store.find(folder.resolve("My Model.GGUF").toString()).orElseThrow());
    assertEquals(model, put(gguf("My Model.GGUF", "x")));
    assertEquals(1, store.list().size());
  }

  @Test
  void aFileOutsideStaysThereAndItsDigestFollowsItsContent() throws Exception {
    Path file = gguf("m.gguf", "one");
    InstalledModel one = store.info(file.toString());
    assertEquals(file, one.path());
    assertEquals(one.sha256(), store.info(file.toString()).sha256());
    gguf("m.gguf", "other");
    assertFalse(one.sha256().equals(store.info(file.toString()).sha256()));
    assertTrue(store.list().isEmpty());
  }

  @Test
  void modelsInTheUsersOwnFoldersAreFoundByName() throws Exception {
    Path file = gguf("Mine.gguf", "x");
    Store more = store.alsoIn(List.of(folder.resolve("none"), folder));
    assertEquals(file, more.find("Mine").orElseThrow().path());
    assertEquals(Optional.empty(), more.find("../" + folder.getFileName() + "/Mine"));
    assertEquals(Optional.empty(), store.find("Mine"));
  }

  @Test
  void aFolderWithAnOnnxModelIsCopiedWhole() throws Exception {
    Path onnx = Files.createDirectories(folder.resolve("Some-Model/onnx"));
    Files.writeString(onnx.resolve("model.onnx"), "weights");
    Files.writeString(folder.resolve("Some-Model/tokenizer.json"), "{}");
    InstalledModel model = put(folder.resolve("Some-Model"));
    assertEquals(InstalledModel.Kind.ONNX, model.kind());
    assertEquals("some-model", model.name());
    assertEquals(9, model.bytes());
    assertEquals("weights", Files.readString(model.path().resolve("onnx/model.onnx")));
    assertEquals(model.sha256(), store.info(folder.resolve("Some-Model").toString()).sha256());
  }

  @Test
  void whatIsNoModelIsRefused() throws Exception {
    Path text = Files.writeString(folder.resolve("a.gguf"), "hello");
    assertTrue(sentence(() -> put(text)).contains("no GGUF file"));
    Path empty = Files.createDirectories(folder.resolve("empty"));
    assertTrue(sentence(() -> put(empty)).contains("holds no .onnx file"));
    assertTrue(sentence(() -> put(folder.resolve("none.gguf"))).contains("does not exist"));
    assertTrue(sentence(() -> store.info("nobody")).contains("model list"));
    assertTrue(sentence(() -> store.info("smollm2")).contains("model pull smollm2"));
    assertTrue(store.list().isEmpty());
  }

  @Test
  void aLinkOutOfAModelsFolderIsRefused() throws Exception {
    Path model = Files.createDirectories(folder.resolve("m"));
    Files.writeString(model.resolve("model.onnx"), "x");
    Files.createSymbolicLink(
        model.resolve("weights.bin"), Files.writeString(folder.resolve("secret"), "s"));
    assertTrue(sentence(() -> put(model)).contains("leads out"));
  }

  @Test
  void somethingIsBuiltOnceAndOnlyKeptWhole() throws Exception {
    AtomicInteger builds = new AtomicInteger();
    Store.Builder builder =
        target -> {
          builds.incrementAndGet();
          Files.writeString(Files.createDirectory(target.resolve("d")).resolve("f"), "made");
        };
    Path made = store.buildOnce("ab12/cpu-1", Progress.NONE, new Cancellation(), builder);
    assertEquals("made", Files.readString(made.resolve("d/f")));
    assertEquals(made, store.buildOnce("ab12/cpu-1", Progress.NONE, new Cancellation(), builder));
    assertEquals(1, builds.get());
    Store.Builder failing =
        target -> {
          Files.writeString(target.resolve("half"), "x");
          throw new ModelException("No.");
        };
    assertThrows(
        ModelException.class,
        () -> store.buildOnce("cd34", Progress.NONE, new Cancellation(), failing));
    assertFalse(Files.exists(store.imported("cd34")));
    assertEquals(List.of(), Vault.entries(home.resolve("tmp")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "../x", "a//b", "A", "a/..", "a b", "/a"})
  void aKeyCannotLeadOut(String key) {
    assertThrows(IllegalArgumentException.class, () -> store.imported(key));
  }

  @Test
  void removingAModelRemovesWhatWasMadeOfIt() throws Exception {
    InstalledModel model = put(gguf("m.gguf", "x"));
    Path made =
        store.buildOnce(model.sha256() + "/v1", Progress.NONE, new Cancellation(), target -> {});
    store.remove("m");
    assertFalse(Files.exists(made));
    assertEquals(List.of(), store.list());
    assertTrue(sentence(() -> store.remove("m")).contains("no installed model m"));
  }

  @Test
  void aModelWhoseFileWasTouchedIsNotListed() throws Exception {
    InstalledModel model = put(gguf("m.gguf", "x"));
    Files.writeString(model.path(), "GGUF");
    assertEquals(List.of(), store.list());
    put(gguf("n.gguf", "y"));
    Files.writeString(home.resolve("models/n/model.json"), "{\"name\": 3");
    assertEquals(List.of(), store.list());
    assertEquals("m", put(gguf("m.gguf", "x")).name().substring(0, 1));
  }

  @Test
  void aCacheThatCannotBeWrittenIsToldInASentence() throws Exception {
    Path blocked = Files.writeString(folder.resolve("file"), "");
    Store there = Store.open(blocked.resolve("home"));
    Path file = gguf("m.gguf", "x");
    assertTrue(
        sentence(() -> there.importFile(file, Progress.NONE, new Cancellation()))
            .contains("set PROMPTLS_HOME"));
  }

  @Test
  void aReadOnlyCacheIsToldInASentence() throws Exception {
    Path locked = Files.createDirectory(folder.resolve("locked"));
    Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("r-xr-xr-x"));
    assumeTrue(!Files.isWritable(locked), "this user may write everywhere");
    Path file = gguf("m.gguf", "x");
    Store there = Store.open(locked);
    assertTrue(
        sentence(() -> there.importFile(file, Progress.NONE, new Cancellation()))
            .contains("access is denied"));
  }

  @Test
  void aFullDiskIsToldInASentenceAndNothingIsInstalled() throws Exception {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full), "only some systems have a disk that is always full");
    Vault vault = new Vault(home);
    Part part = new Part(vault, "k");
    Files.createDirectories(vault.downloads());
    Files.createSymbolicLink(part.data(), full);
    try (Part.Writer writer = part.append()) {
      assertTrue(sentence(() -> writer.write(new byte[10], 10)).startsWith("The disk is full"));
    }
    assertTrue(sentence(() -> part.requireSpace(Long.MAX_VALUE)).contains("free some space"));
  }

  @Test
  void leftoversOfDeadWritersAreSweptButNotThoseOfLivingOnes() throws Exception {
    Vault vault = new Vault(home);
    Path dead = vault.stage("dead");
    Files.writeString(dead.resolve("half"), "x");
    Path living = vault.stage("living");
    try (WriterLock _ = vault.lock("living", Progress.NONE, new Cancellation())) {
      vault.sweep();
      assertFalse(Files.exists(dead));
      assertTrue(Files.exists(living));
    }
  }

  @Test
  void theUsersStoreLiesWhereTheEnvironmentSays() throws Exception {
    assertEquals(home, Store.userDefault(Map.of("PROMPTLS_HOME", home.toString())).home());
    assertThrows(ModelException.class, () -> Store.userDefault(Map.of("HF_ENDPOINT", "a b")));
  }
}
