package dev.promptls.model.gguf.blocks;

import dev.promptls.model.gguf.TensorType;
import java.lang.foreign.MemorySegment;

/// `scale * table[q]`, 4 bits into a table of 16 levels.
final class Iq4Nl {
  private static final int[] LEVELS = {
    -127, -104, -83, -65, -49, -35, -22, -10, 1, 13, 25, 38, 53, 69, 89, 113
  };

  static final BlockFormat FORMAT = new BlockFormat(TensorType.IQ4_NL, 8, 32, false, Iq4Nl::decode);

  private Iq4Nl() {}

  private static void decode(
      MemorySegment bytes,
      long at,
      byte[] codes,
      int code,
      float[] scales,
      float[] minima,
      int group) {
    scales[group] = BlockFormat.half(bytes, at);
    for (int i = 0; i < 16; i++) {
      int pair = BlockFormat.u8(bytes, at + 2 + i);
      codes[code + i] = (byte) (LEVELS[pair & 15] + 128);
      codes[code + 16 + i] = (byte) (LEVELS[pair >> 4] + 128);
    }
  }
}
