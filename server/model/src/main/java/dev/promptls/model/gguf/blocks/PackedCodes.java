package dev.promptls.model.gguf.blocks;

import java.lang.foreign.MemorySegment;

/// Codes that share bytes with others.
final class PackedCodes {
  /// Moves 5-bit codes to the middle of 8 bits.
  private static final int CENTRE = 112;

  private PackedCodes() {}

  /// The 32 codes of a small block, of 4 bits: the first half in the low bits of 16 bytes, the
  /// second in the high ones.
  static void fours(MemorySegment bytes, long at, byte[] codes, int code) {
    for (int i = 0; i < 16; i++) {
      int pair = BlockFormat.u8(bytes, at + i);
      codes[code + i] = (byte) (pair & 15);
      codes[code + 16 + i] = (byte) (pair >> 4);
    }
  }

  /// The same of 5 bits, the highest of which come first, in 4 bytes of their own.
  static void fives(MemorySegment bytes, long at, byte[] codes, int code) {
    int high = bytes.get(BlockFormat.INT, at);
    for (int i = 0; i < 16; i++) {
      int pair = BlockFormat.u8(bytes, at + 4 + i);
      codes[code + i] = (byte) (CENTRE + ((pair & 15) | ((high >> i) & 1) << 4));
      codes[code + 16 + i] = (byte) (CENTRE + ((pair >> 4) | ((high >> (i + 16)) & 1) << 4));
    }
  }

  /// 2 bits of the value `i` of 256: 32 bytes hold those of 128 values, each those of four.
  static int two(MemorySegment bytes, long at, int i) {
    return (BlockFormat.u8(bytes, at + 32L * (i / 128) + i % 32) >> (2 * (i % 128 / 32))) & 3;
  }
}
