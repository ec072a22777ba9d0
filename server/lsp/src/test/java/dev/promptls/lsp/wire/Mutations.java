package dev.promptls.lsp.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

/// Ways in which the bytes of a frame go wrong.
final class Mutations {
  private Mutations() {}

  static byte[] of(byte[] frame, Random random) {
    byte[] bytes = frame.clone();
    return switch (random.nextInt(6)) {
      case 0 -> flip(bytes, random, 1);
      case 1 -> flip(bytes, random, 1 + random.nextInt(8));
      case 2 -> Arrays.copyOf(bytes, random.nextInt(bytes.length));
      case 3 -> withLength(bytes, random.nextInt(4 * bytes.length));
      case 4 -> insert(bytes, random);
      default -> withLength(bytes, random.nextLong());
    };
  }

  private static byte[] flip(byte[] bytes, Random random, int times) {
    for (int i = 0; i < times; i++) {
      bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return bytes;
  }

  private static byte[] withLength(byte[] bytes, long length) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    return text.replaceFirst("\\d+", Long.toString(length)).getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] insert(byte[] bytes, Random random) {
    int at = random.nextInt(bytes.length);
    byte[] junk = new byte[1 + random.nextInt(30)];
    random.nextBytes(junk);
    byte[] all = Arrays.copyOf(bytes, bytes.length + junk.length);
    System.arraycopy(junk, 0, all, at, junk.length);
    System.arraycopy(bytes, at, all, at + junk.length, bytes.length - at);
    return all;
  }
}
