package dev.promptls.model.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OrtSession;
import dev.promptls.model.Device;
import dev.promptls.model.ModelException;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Which device is meant, and what happens where it is not there.
class HardwareTest {
  private static final Path GRAPH = Path.of("src/test/resources/published/genai/model.onnx");

  @Test
  void devicesHaveNames() throws Exception {
    assertEquals(new Device.Auto(), Device.parse("auto"));
    assertEquals(new Device.Cpu(), Device.parse("cpu"));
    assertEquals(new Device.Cuda(0), Device.parse("cuda"));
    assertEquals(new Device.Cuda(12), Device.parse("cuda:12"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "CPU", "gpu", "cuda:", "cuda:-1", "cuda:123", "cuda:0 ", "cu\nda"})
  void otherNamesAreRefused(String name) {
    String sentence = assertThrows(ModelException.class, () -> Device.parse(name)).getMessage();
    assertTrue(sentence.endsWith("give " + Device.NAMES + "."), sentence);
    assertTrue(sentence.lines().count() == 1, sentence);
  }

  @Test
  void automaticallyTheProcessorIsTakenWithoutAWord() throws Exception {
    Assumptions.assumeFalse(Hardware.hasCuda(), "here is a GPU build");
    try (OrtSession session = new Hardware(new Device.Auto(), 1).open(GRAPH)) {
      assertEquals(5, session.getNumOutputs());
    }
  }

  @Test
  void aGpuThatIsAskedForIsNotReplaced() {
    Assumptions.assumeFalse(Hardware.hasCuda(), "here is a GPU build");
    Hardware gpu = new Hardware(new Device.Cuda(1), 1);
    String sentence = assertThrows(ModelException.class, () -> gpu.open(GRAPH)).getMessage();
    assertTrue(sentence.contains("cuda:1") && sentence.contains("onnxruntime_gpu"), sentence);
  }
}
