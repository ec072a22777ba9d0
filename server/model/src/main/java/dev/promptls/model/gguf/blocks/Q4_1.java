package dev.promptls.model.gguf.blocks;

import dev.promptls.model.gguf.TensorType;
import java.lang.foreign.MemorySegment;

/// `scale * q + minimum`, 4 bits.
final class Q4_1 {
  static final BlockFormat FORMAT = new BlockFormat(TensorType.Q4_1, 4, 32, true, Q4_1::decode);

  private Q4_1() {}

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
    minima[group] = BlockFormat.half(bytes, at + 2) + 8 * scale;
    PackedCodes.fours(bytes, at + 4, codes, code);
  }
}
