package dev.promptls.model.gguf.blocks;

import dev.promptls.model.gguf.TensorType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// `scale * q`, 8 signed bits.
final class Q8_0 {
  static final BlockFormat FORMAT = new BlockFormat(TensorType.Q8_0, 8, 32, false, Q8_0::decode);

  private Q8_0() {}

  private static void decode(
      MemorySegment bytes,
      long at,
      byte[] codes,
      int code,
      float[] scales,
      float[] minima,
      int group) {
    scales[group] = BlockFormat.half(bytes, at);
    for (int i = 0; i < 32; i++) {
      codes[code + i] = (byte) (bytes.get(ValueLayout.JAVA_BYTE, at + 2 + i) + 128);
    }
  }
}
