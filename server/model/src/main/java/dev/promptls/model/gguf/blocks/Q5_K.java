package dev.promptls.model.gguf.blocks;

import dev.promptls.model.gguf.TensorType;
import java.lang.foreign.MemorySegment;

/// `(d * sc) * q - dmin * mn`, 5 bits, 8 groups of 32 with 6-bit scales.
final class Q5_K {
  /// Moves 5-bit codes to the middle of 8 bits.
  private static final int CENTRE = 112;

  static final BlockFormat FORMAT = new BlockFormat(TensorType.Q5_K, 8, 32, true, Q5_K::decode);

  private Q5_K() {}

  private static void decode(
      MemorySegment bytes,
      long at,
      byte[] codes,
      int code,
      float[] scales,
      float[] minima,
      int group) {
    KScales.decode(bytes, at, 16, scales, minima, group);
    for (int s = 0; s < 8; s++) {
      for (int r = 0; r < 32; r++) {
        int pair = BlockFormat.u8(bytes, at + 48 + 32L * (s / 2) + r);
        int low = s % 2 == 0 ? pair & 15 : pair >> 4;
        int high = (BlockFormat.u8(bytes, at + 16 + r) >> s) & 1;
        codes[code + 32 * s + r] = (byte) (CENTRE + (low | high << 4));
      }
    }
  }
}
