package dev.promptls.model.gguf.blocks;

import dev.promptls.model.gguf.TensorType;
import java.lang.foreign.MemorySegment;

/// `scale * (q - 8)`, 4 bits.
final class Q4_0 {
  static final BlockFormat FORMAT = new BlockFormat(TensorType.Q4_0, 4, 32, false, Q4_0::decode);

  private Q4_0() {}

  private static void decode(
      MemorySegment bytes,
      long at,
      byte[] codes,
      int code,
      float[] scales,
      float[] minima,
      int group) {
    scales[group] = BlockFormat.half(bytes, at);
    PackedCodes.fours(bytes, at + 2, codes, code);
  }
}
