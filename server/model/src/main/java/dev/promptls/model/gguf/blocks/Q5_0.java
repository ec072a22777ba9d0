package dev.promptls.model.gguf.blocks;

import dev.promptls.model.gguf.TensorType;
import java.lang.foreign.MemorySegment;

/// `scale * (q - 16)`, 5 bits.
final class Q5_0 {
  static final BlockFormat FORMAT = new BlockFormat(TensorType.Q5_0, 8, 32, false, Q5_0::decode);

  private Q5_0() {}

  private static void decode(
      MemorySegment bytes,
      long at,
      byte[] codes,
      int code,
      float[] scales,
      float[] minima,
      int group) {
    scales[group] = BlockFormat.half(bytes, at);
    PackedCodes.fives(bytes, at + 2, codes, code);
  }
}
