package dev.promptls.model.gguf.blocks;

import dev.promptls.model.gguf.TensorType;
import java.lang.foreign.MemorySegment;

/// `(d * sc) * q - dmin * mn`, 2 bits, 16 groups of 16 with 4-bit scales.
final class Q2_K {
  /// Moves 2-bit codes to the middle of 4 bits.
  private static final int CENTRE = 6;

  static final BlockFormat FORMAT = new BlockFormat(TensorType.Q2_K, 4, 16, true, Q2_K::decode);

  private Q2_K() {}

  private static void decode(
      MemorySegment bytes,
      long at,
      byte[] codes,
      int code,
      float[] scales,
      float[] minima,
      int group) {
    float d = BlockFormat.half(bytes, at + 80);
    float dmin = BlockFormat.half(bytes, at + 82);
    for (int k = 0; k < 16; k++) {
      int packed = BlockFormat.u8(bytes, at + k);
      float scale = d * (packed & 15);
      scales[group + k] = scale;
      minima[group + k] = 2 * scale - dmin * (packed >> 4);
    }
    for (int i = 0; i < 256; i++) {
      codes[code + i] = (byte) (CENTRE + PackedCodes.two(bytes, at + 16, i));
    }
  }
}
