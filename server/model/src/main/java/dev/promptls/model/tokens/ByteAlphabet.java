package dev.promptls.model.tokens;

import java.util.Arrays;

/// The alphabet of byte-level BPE: each of the 256 bytes has a printable character. Source: GPT-2.
final class ByteAlphabet {
  private static final int LIMIT = 0x144;
  private static final char[] CHARACTER = new char[256];
  private static final int[] BYTE = new int[LIMIT];

  static {
    Arrays.fill(BYTE, -1);
    int next = 0x100;
    for (int b = 0; b < 256; b++) {
      boolean printable = (b > 0x20 && b < 0x7F) || (b > 0xA0 && b != 0xAD);
      CHARACTER[b] = (char) (printable ? b : next++);
      BYTE[CHARACTER[b]] = b;
    }
  }

  private ByteAlphabet() {}

  /// The byte that a character stands for; -1 if it stands for none.
  static int toByte(char character) {
    return character < LIMIT ? BYTE[character] : -1;
  }

  static char toCharacter(int value) {
    return CHARACTER[value];
  }
}
