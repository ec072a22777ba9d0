package dev.promptls.model.decode;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.fail;

import dev.promptls.model.Cancellation;
import dev.promptls.model.GenerateRequest;
import dev.promptls.model.Input;
import dev.promptls.model.Lane;
import dev.promptls.model.ModelException;
import dev.promptls.model.TokenSink;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Damaged model files: each either works or is refused with a sentence, whatever the damage.
class DamagedModelTest {
  private static final int ROUNDS = 250;

  @TempDir static Path folder;

  static Stream<String> keys() {
    return Stream.of(
            "block_count",
            "context_length",
            "embedding_length",
            "feed_forward_length",
            "attention.head_count",
            "attention.head_count_kv",
            "attention.key_length",
            "rope.dimension_count",
            "rope.freq_base",
            "attention.layer_norm_rms_epsilon")
        .map(key -> "llama." + key);
  }

  @ParameterizedTest
  @MethodSource("keys")
  void anyValueOfAKeyIsTakenOrRefused(String key) throws Exception {
    byte[] model = TestModels.microBytes();
    int at = after(model, key);
    if (at < 0) {
      return;
    }
    for (int value :
        new int[] {0, 1, 2, 3, 7, 64, 1 << 16, 1 << 20, 1 << 24, 1 << 30, -1, Integer.MIN_VALUE}) {
      byte[] damaged = model.clone();
      // Past the type of the value.
      ByteBuffer.wrap(damaged).order(ByteOrder.LITTLE_ENDIAN).putInt(at + 4, value);
      tryOut(damaged, key + " = " + value);
    }
  }

  @Test
  void anyBytesOfTheHeaderAreTakenOrRefused() throws Exception {
    byte[] model = TestModels.microBytes();
    Random random = new Random(1);
    int header = after(model, "output_norm.weight") + 64;
    for (int round = 0; round < ROUNDS; round++) {
      byte[] damaged = model.clone();
      for (int i = random.nextInt(3); i >= 0; i--) {
        int value = random.nextBoolean() ? random.nextInt(256) : random.nextInt(3) - 1;
        damaged[random.nextInt(header)] = (byte) value;
      }
      tryOut(damaged, "round " + round);
    }
  }

  @Test
  void anyBytesOfTensorDescriptionsAreTakenOrRefused() throws Exception {
    byte[] model = TestModels.microBytes();
    Random random = new Random(2);
    List<String> tensors =
        List.of(
            "token_embd.weight",
            "output_norm.weight",
            "blk.0.attn_q.weight",
            "blk.1.ffn_down.weight",
            "blk.0.attn_norm.weight");
    for (int round = 0; round < ROUNDS; round++) {
      byte[] damaged = model.clone();
      int at = after(model, tensors.get(random.nextInt(tensors.size())));
      for (int i = random.nextInt(3); i >= 0; i--) {
        damaged[at + random.nextInt(32)] =
            (byte) (random.nextBoolean() ? random.nextInt(256) : random.nextInt(4));
      }
      tryOut(damaged, "round " + round);
    }
  }

  /// The place after the first occurrence of a name.
  private static int after(byte[] model, String name) {
    int at = new String(model, StandardCharsets.ISO_8859_1).indexOf(name);
    return at < 0 ? -1 : at + name.length();
  }

  private static void tryOut(byte[] model, String what) throws Exception {
    Path file = Files.write(Files.createTempFile(folder, "damaged", ".gguf"), model);
    try (Engine engine = TestModels.open(file, folder, 1)) {
      engine.generate(
          GenerateRequest.greedy(new Input.Text("def f(x): return 1"), 2, Lane.COMMAND),
          TokenSink.NONE,
          new Cancellation());
    } catch (ModelException e) {
      assertFalse(e.getMessage().isBlank());
      // The engine turns its own mistakes into this sentence; here it must not come.
      assertFalse(e.getMessage().contains("failed in the engine"), () -> what + ": " + e);
    } catch (RuntimeException | Error e) {
      fail(what, e);
    } finally {
      Files.delete(file);
    }
  }
}
