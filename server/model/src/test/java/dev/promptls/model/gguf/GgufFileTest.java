package dev.promptls.model.gguf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.promptls.model.ModelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GgufFileTest {
  private static final Path DATA = Path.of("src/test/resources/gguf");

  @TempDir Path folder;

  static Stream<JsonObject> files() throws Exception {
    return Files.readAllLines(DATA.resolve("broken.jsonl")).stream()
        .map(line -> JsonParser.parseString(line).getAsJsonObject());
  }

  @ParameterizedTest
  @MethodSource("files")
  void acceptsSoundFilesAndRefusesBrokenOnesInOneSentence(JsonObject file) throws Exception {
    Path path = DATA.resolve(file.get("file").getAsString());
    switch (file.get("expect").getAsString()) {
      case "accept" -> GgufFile.open(path).close();
      case "reject" -> {
        String message = assertThrows(ModelException.class, () -> GgufFile.open(path)).getMessage();
        assertTrue(message.startsWith(path.getFileName().toString()), message);
        assertTrue(message.endsWith("."), message);
        assertFalse(message.contains("\n"), message);
      }
      default -> throw new AssertionError("unknown expectation in " + file);
    }
  }

  @Test
  void readsMetadataAndTensors() throws Exception {
    try (GgufFile file = GgufFile.open(DATA.resolve("broken/00a-ok.gguf"))) {
      assertEquals("llama", file.metadata().string("general.architecture").orElseThrow());
      Tensor embedding = file.tensor("token_embd.weight").orElseThrow();
      assertEquals(TensorType.Q8_0, embedding.type());
      assertEquals(32, embedding.columns());
      assertEquals(file.metadata().strings("tokenizer.ggml.tokens").size(), embedding.rows());
      assertEquals(embedding.bytes(), file.data(embedding).byteSize());
      assertEquals(List.of(), file.metadata().strings("no.such.key"));
    }
  }

  @Test
  void aKeyOfAnotherTypeIsRefusedByName() throws Exception {
    try (GgufFile file = GgufFile.open(DATA.resolve("broken/00a-ok.gguf"))) {
      String message =
          assertThrows(ModelException.class, () -> file.metadata().integer("general.architecture"))
              .getMessage();
      assertTrue(message.contains("general.architecture"), message);
    }
  }

  @Test
  void damagedHeadersNeverEscapeAsAnythingButARefusal() throws Exception {
    byte[] sound = Files.readAllBytes(DATA.resolve("broken/00a-ok.gguf"));
    long seed = 20_260_101;
    Random random = new Random(seed);
    Path path = folder.resolve("damaged.gguf");
    for (int round = 0; round < 2_000; round++) {
      byte[] damaged = sound.clone();
      for (int flips = random.nextInt(4) + 1; flips > 0; flips--) {
        damaged[random.nextInt(Math.min(damaged.length, 8_000))] ^= (byte) (1 << random.nextInt(8));
      }
      Files.write(path, damaged);
      try (GgufFile file = GgufFile.open(path)) {
        for (Tensor tensor : file.tensors().values()) {
          assertEquals(tensor.bytes(), file.data(tensor).byteSize(), "seed " + seed);
        }
      } catch (ModelException refused) {
        assertTrue(refused.getMessage().endsWith("."), "seed " + seed + ": " + refused);
      }
    }
  }
}
