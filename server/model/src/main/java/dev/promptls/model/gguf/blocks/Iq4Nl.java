package dev.promptls.model.gguf.blocks;

import dev.promptls.model.gguf.TensorType;
import java.lang.foreign.MemorySegment;

/// `scale * table[q]`, 4 bits into a table of 16 levels.
final class Iq4Nl implements BlockFormat {
  private static final int[] LEVELS = {
    -127, -104, -83, -65, -49, -35, -22, -10, 1, 13, 25, 38, 53, 69, 89, 113
  };

  @Override
  public TensorType type() {
    return TensorType.IQ4_NL;
  }

  @Override
  public int bits() {
    return 8;
  }

  @Override
  public int group() {
    return 32;
  }

  @Override
  public boolean hasMinimum() {
    return false;
  }

  @Override
  public void decode(
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
