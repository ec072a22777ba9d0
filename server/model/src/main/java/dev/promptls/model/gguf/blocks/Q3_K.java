package dev.promptls.model.gguf.blocks;

import dev.promptls.model.gguf.TensorType;
import java.lang.foreign.MemorySegment;

/// `(d * (sc - 32)) * (q - 4)`, 3 bits, 16 groups of 16 with 6-bit scales.
final class Q3_K {
  /// Moves 3-bit codes to the middle of 4 bits.
  private static final int CENTRE = 4;

  static final BlockFormat FORMAT = new BlockFormat(TensorType.Q3_K, 4, 16, false, Q3_K::decode);

  private Q3_K() {}

  private static void decode(
      MemorySegment bytes,
      long at,
      byte[] codes,
      int code,
      float[] scales,
      float[] minima,
      int group) {
    float d = BlockFormat.half(bytes, at + 108);
    for (int k = 0; k < 16; k++) {
      int low = (BlockFormat.u8(bytes, at + 96 + k % 8) >> (4 * (k / 8))) & 15;
      int high = (BlockFormat.u8(bytes, at + 104 + k % 4) >> (2 * (k / 4))) & 3;
      scales[group + k] = d * ((low | high << 4) - 32);
    }
    for (int i = 0; i < 256; i++) {
      int low = PackedCodes.two(bytes, at + 32, i);
      int high = (BlockFormat.u8(bytes, at + i % 32) >> (i / 32)) & 1;
      codes[code + i] = (byte) (CENTRE + (low | high << 2));
    }
  }
}
