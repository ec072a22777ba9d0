package dev.promptls.model.gguf.blocks;

import dev.promptls.model.gguf.TensorType;
import java.lang.foreign.MemorySegment;

/// `scale * q + minimum`, 5 bits.
final class Q5_1 {
  static final BlockFormat FORMAT = new BlockFormat(TensorType.Q5_1, 8, 32, true, Q5_1::decode);

  private Q5_1() {}

  private static void decode(
      MemorySegment bytes,
      long at,
      byte[] codes,
      int code,
      float[] scales,
      float[] minima,
      int group) {
    float scale = BlockFormat.half(bytes, at);
    scales[group] = scale;
    minima[group] = BlockFormat.half(bytes, at + 2) + 16 * scale;
    PackedCodes.fives(bytes, at + 4, codes, code);
  }
}
