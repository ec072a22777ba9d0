package dev.promptls.model.gguf.blocks;

import dev.promptls.model.gguf.TensorType;
import java.lang.foreign.MemorySegment;

/// `(d * sc) * q - dmin * mn`, 4 bits, 8 groups of 32 with 6-bit scales.
final class Q4_K {
  static final BlockFormat FORMAT = new BlockFormat(TensorType.Q4_K, 4, 32, true, Q4_K::decode);

  private Q4_K() {}

  private static void decode(
      MemorySegment bytes,
      long at,
      byte[] codes,
      int code,
      float[] scales,
      float[] minima,
      int group) {
    KScales.decode(bytes, at, 8, scales, minima, group);
    for (int s = 0; s < 8; s++) {
      for (int r = 0; r < 32; r++) {
        int pair = BlockFormat.u8(bytes, at + 16 + 32L * (s / 2) + r);
        codes[code + 32 * s + r] = (byte) (s % 2 == 0 ? pair & 15 : pair >> 4);
      }
    }
  }
}
