package dev.promptls.model.tokens;

import dev.promptls.model.tokens.GgufVocabulary.Kind;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;

/// The bytes that each token of a vocabulary prints. Tokens that steer the model print none.
final class TokenBytes {
  private static final char SPACE_SIGN = '\u2581';

  private final byte[] bytes;
  private final int[] starts;
  private final Set<String> control;

  private TokenBytes(byte[] bytes, int[] starts, Set<String> control) {
    this.bytes = bytes;
    this.starts = starts;
    this.control = control;
  }

  /// How the tokens that steer the model are written.
  Set<String> control() {
    return control;
  }

  /// The number of tokens.
  int size() {
    return starts.length - 1;
  }

  /// The bytes of a token; none for an id outside the vocabulary.
  ByteBuffer get(int id) {
    if (id < 0 || id >= size()) {
      return ByteBuffer.allocate(0);
    }
    return ByteBuffer.wrap(bytes, starts[id], starts[id + 1] - starts[id]);
  }

  /// How the tokens of a vocabulary are written.
  enum Spelling {
    /// A character for each byte.
    BYTE_LEVEL,
    /// U+2581 for a space, `<0x0A>` for a byte.
    SENTENCE_PIECE
  }

  /// Collects tokens in the order of their ids.
  static final class Builder {
    private final Spelling spelling;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 16);
    private int[] starts = new int[1 << 10];
    private final Set<String> control = new HashSet<>();
    private int count;

    Builder(Spelling spelling) {
      this.spelling = spelling;
    }

    void add(String text, Kind kind) {
      switch (kind) {
        case CONTROL -> control.add(text);
        case UNKNOWN, UNUSED -> {}
        case USER_DEFINED -> bytes.writeBytes(text.getBytes(StandardCharsets.UTF_8));
        case BYTE -> writeByte(text);
        case NORMAL -> {
          if (spelling == Spelling.BYTE_LEVEL) {
            writeByteLevel(text);
          } else {
            bytes.writeBytes(text.replace(SPACE_SIGN, ' ').getBytes(StandardCharsets.UTF_8));
          }
        }
      }
      if (++count == starts.length) {
        starts = Arrays.copyOf(starts, 2 * count);
      }
      starts[count] = bytes.size();
    }

    TokenBytes build() {
      return new TokenBytes(
          bytes.toByteArray(), Arrays.copyOf(starts, count + 1), Set.copyOf(control));
    }

    private void writeByte(String text) {
      int value = byteOf(text);
      if (value >= 0) {
        bytes.write(value);
      }
    }

    private void writeByteLevel(String text) {
      for (int i = 0; i < text.length(); i++) {
        int value = ByteAlphabet.toByte(text.charAt(i));
        if (value >= 0) {
          bytes.write(value);
        } else {
          // Not of the alphabet: such a token was added by hand and stands for itself.
          int codePoint = text.codePointAt(i);
          bytes.writeBytes(Character.toString(codePoint).getBytes(StandardCharsets.UTF_8));
          i += Character.charCount(codePoint) - 1;
        }
      }
    }
  }

  /// The byte that a token like `<0x0A>` stands for; -1 if it is none.
  static int byteOf(String text) {
    if (text.length() != 6 || !text.startsWith("<0x") || text.charAt(5) != '>') {
      return -1;
    }
    char high = text.charAt(3);
    char low = text.charAt(4);
    if (!HexFormat.isHexDigit(high) || !HexFormat.isHexDigit(low)) {
      return -1;
    }
    return (HexFormat.fromHexDigit(high) << 4) | HexFormat.fromHexDigit(low);
  }
}
