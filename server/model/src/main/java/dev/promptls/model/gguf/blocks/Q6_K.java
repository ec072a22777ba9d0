package dev.promptls.model.gguf.blocks;

import dev.promptls.model.gguf.TensorType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// `(d * sc) * (q - 32)`, 6 bits, 16 groups of 16 with 8-bit scales.
final class Q6_K {
  /// Moves 6-bit codes to the middle of 8 bits.
  private static final int CENTRE = 96;

  static final BlockFormat FORMAT = new BlockFormat(TensorType.Q6_K, 8, 16, false, Q6_K::decode);

  private Q6_K() {}

  private static void decode(
      MemorySegment bytes,
      long at,
      byte[] codes,
      int code,
      float[] scales,
      float[] minima,
      int group) {
    float d = BlockFormat.half(bytes, at + 208);
    for (int g = 0; g < 16; g++) {
      scales[group + g] = d * bytes.get(ValueLayout.JAVA_BYTE, at + 192 + g);
    }
    for (int i = 0; i < 256; i++) {
      int pair = BlockFormat.u8(bytes, at + 64L * (i / 128) + i % 64);
      int low = i % 128 < 64 ? pair & 15 : pair >> 4;
      int high = PackedCodes.two(bytes, at + 128, i);
      codes[code + i] = (byte) (CENTRE + (low | high << 4));
    }
  }
}
