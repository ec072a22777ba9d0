package dev.promptls.model.gguf.blocks;

import java.lang.foreign.MemorySegment;

/// What Q4_K and Q5_K begin with: a scale for eight 6-bit scales, one for eight 6-bit minima, and
/// these, packed into 12 bytes.
final class KScales {
  private KScales() {}

  /// @param at first byte of the block
  /// @param centre of the codes, which the minima are moved by
  static void decode(
      MemorySegment bytes, long at, int centre, float[] scales, float[] minima, int group) {
    float d = BlockFormat.half(bytes, at);
    float dmin = BlockFormat.half(bytes, at + 2);
    for (int s = 0; s < 8; s++) {
      float scale = d * scale(bytes, at + 4, s);
      scales[group + s] = scale;
      minima[group + s] = centre * scale - dmin * minimum(bytes, at + 4, s);
    }
  }

  private static int scale(MemorySegment bytes, long at, int group) {
    return group < 4
        ? BlockFormat.u8(bytes, at + group) & 63
        : (BlockFormat.u8(bytes, at + group + 4) & 15)
            | (BlockFormat.u8(bytes, at + group - 4) >> 6) << 4;
  }

  private static int minimum(MemorySegment bytes, long at, int group) {
    return group < 4
        ? BlockFormat.u8(bytes, at + group + 4) & 63
        : (BlockFormat.u8(bytes, at + group + 4) >> 4)
            | (BlockFormat.u8(bytes, at + group) >> 6) << 4;
  }
}
