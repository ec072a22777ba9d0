package dev.promptls.model.gguf.blocks;

import java.lang.foreign.MemorySegment;

/// The eight 6-bit scales and minima that Q4_K and Q5_K pack into 12 bytes.
final class KScales {
  private KScales() {}

  static int scale(MemorySegment bytes, long at, int group) {
    return group < 4
        ? BlockFormat.u8(bytes, at + group) & 63
        : (BlockFormat.u8(bytes, at + group + 4) & 15)
            | (BlockFormat.u8(bytes, at + group - 4) >> 6) << 4;
  }

  static int minimum(MemorySegment bytes, long at, int group) {
    return group < 4
        ? BlockFormat.u8(bytes, at + group + 4) & 63
        : (BlockFormat.u8(bytes, at + group + 4) >> 4)
            | (BlockFormat.u8(bytes, at + group) >> 6) << 4;
  }
}
