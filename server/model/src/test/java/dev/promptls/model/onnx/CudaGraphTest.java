package dev.promptls.model.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OrtSession.RunOptions;
import dev.promptls.model.Device;
import dev.promptls.model.ModelException;
import dev.promptls.model.decode.TestModels;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The graph in half precision. The processor has kernels for it too, slower ones, so that its
/// values can be told without a GPU.
class CudaGraphTest {
  private static final int[] IDS = {5, 17, 3, 42, 7, 99, 23, 11, 64, 2};

  @TempDir static Path folder;

  /// Architectures and quantisations that go different ways through the graph.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "micro-q8_0.gguf",
        "llama-spm-q5_1.gguf",
        "qwen2-q4_k_m.gguf",
        "tiny-llama-rope.gguf",
        "tiny-qwen3.gguf",
        "tiny-gemma3.gguf"
      })
  void givesWhatFloatArithmeticGives(String file) throws Exception {
    ImportedFolder imported = imported(file);
    try (Decoder exact = imported.load(Arithmetic.FLOAT, Hardware.cpu(1));
        Decoder half = imported.load(Arithmetic.HALF, Hardware.cpu(1))) {
      assertEquals(OnnxJavaType.FLOAT16, half.shape().element());
      float[] expected = logits(exact);
      float[] actual = logits(half);
      double largest = 0;
      double difference = 0;
      for (int i = 0; i < expected.length; i++) {
        largest = Math.max(largest, Math.abs(expected[i]));
        difference = Math.max(difference, Math.abs(expected[i] - actual[i]));
      }
      // Eleven bits a number, through a handful of layers.
      assertTrue(difference <= 0.01 * largest, file + ": " + difference + " of " + largest);
    }
  }

  @Test
  void isTakenForAGpuAndRefusedWithoutOne() throws Exception {
    Assumptions.assumeFalse(Hardware.hasCuda(), "here is a GPU build");
    ImportedFolder imported = imported("micro-q8_0.gguf");
    Hardware gpu = new Hardware(new Device.Cuda(0), 1);
    String sentence =
        assertThrows(ModelException.class, () -> imported.load(false, gpu)).getMessage();
    assertTrue(sentence.startsWith("The device cuda:0 needs ONNX Runtime with CUDA"), sentence);
    // Exact scores are the processor's in any case.
    imported.load(true, gpu).close();
    // Nobody asked for a GPU by name.
    try (Decoder decoder = imported.load(false, new Hardware(new Device.Auto(), 1))) {
      assertEquals(OnnxJavaType.FLOAT, decoder.shape().element());
    }
  }

  private static ImportedFolder imported(String file) throws Exception {
    return ImportedFolder.open(TestModels.imported(TestModels.find(file).orElseThrow(), folder));
  }

  /// Those of all positions of a prompt, and of a token after it.
  private static float[] logits(Decoder decoder) throws Exception {
    try (RunOptions options = new RunOptions();
        KvCache cache = decoder.newCache(1, 32)) {
      long[] all = new long[IDS.length];
      for (int i = 0; i < all.length; i++) {
        all[i] = i;
      }
      float[] prompt = copy(decoder.step(IDS, cache, 0, 0, all, options));
      float[] next =
          copy(decoder.step(new int[] {8}, cache, 0, IDS.length, new long[] {0}, options));
      float[] both = new float[prompt.length + next.length];
      System.arraycopy(prompt, 0, both, 0, prompt.length);
      System.arraycopy(next, 0, both, prompt.length, next.length);
      return both;
    }
  }

  private static float[] copy(FloatBuffer logits) {
    float[] values = new float[logits.remaining()];
    logits.get(values);
    return values;
  }
}
