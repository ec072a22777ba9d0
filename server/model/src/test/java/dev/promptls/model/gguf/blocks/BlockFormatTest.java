package dev.promptls.model.gguf.blocks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.promptls.model.gguf.TensorType;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Blocks of random bytes against the values that the Python package `gguf` reads from them.
class BlockFormatTest {
  static Stream<JsonObject> vectors() throws Exception {
    return Files.readAllLines(Path.of("src/test/resources/gguf/blocks.jsonl")).stream()
        .map(line -> JsonParser.parseString(line).getAsJsonObject());
  }

  private static TensorType type(JsonObject vector) {
    return TensorType.valueOf(vector.get("type").getAsString());
  }

  @Test
  void everyFormatHasVectors() throws Exception {
    Set<TensorType> types = vectors().map(BlockFormatTest::type).collect(Collectors.toSet());
    assertEquals(BlockFormat.ALL.keySet(), types);
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void readsTheValuesOfTheReference(JsonObject vector) {
    TensorType type = type(vector);
    BlockFormat format = BlockFormat.of(type).orElseThrow();
    byte[] bytes = HexFormat.of().parseHex(vector.get("bytes").getAsString());
    JsonArray expected = vector.getAsJsonArray("values");
    int blocks = bytes.length / type.blockBytes();
    assertEquals(blocks * type.blockValues(), expected.size());
    byte[] codes = new byte[expected.size()];
    int groups = type.blockValues() / format.group();
    float[] scales = new float[blocks * groups];
    float[] minima = new float[blocks * groups];
    for (int block = 0; block < blocks; block++) {
      format
          .decoder()
          .decode(
              MemorySegment.ofArray(bytes),
              (long) block * type.blockBytes(),
              codes,
              block * type.blockValues(),
              scales,
              minima,
              block * groups);
    }
    for (int i = 0; i < codes.length; i++) {
      int group = i / format.group();
      int code = Byte.toUnsignedInt(codes[i]);
      assertTrue(code < (1 << format.bits()), () -> type + " has a code of more bits");
      double value = (double) scales[group] * (code - (1 << (format.bits() - 1))) + minima[group];
      // Codes are shifted to the middle, so the last bit of a minimum may be rounded otherwise.
      double rounding = 1e-6 * (Math.abs(minima[group]) + 256 * Math.abs(scales[group]));
      assertEquals(expected.get(i).getAsDouble(), value, rounding, type + " value " + i);
    }
    if (!format.hasMinimum()) {
      assertArrayEquals(new float[minima.length], minima, type + " has no minima");
    }
  }
}
