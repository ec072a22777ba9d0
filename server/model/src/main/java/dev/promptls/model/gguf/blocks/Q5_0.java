package dev.promptls.model.gguf.blocks;

import dev.promptls.model.gguf.TensorType;
import java.lang.foreign.MemorySegment;

/// `scale * (q - 16)`, 5 bits.
final class Q5_0 {
  /// Moves 5-bit codes to the middle of 8 bits.
  private static final int CENTRE = 112;

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
    int high = bytes.get(BlockFormat.INT, at + 2);
    for (int i = 0; i < 16; i++) {
      int pair = BlockFormat.u8(bytes, at + 6 + i);
      codes[code + i] = (byte) (CENTRE + ((pair & 15) | ((high >> i) & 1) << 4));
      codes[code + 16 + i] = (byte) (CENTRE + ((pair >> 4) | ((high >> (i + 16)) & 1) << 4));
    }
  }
}
