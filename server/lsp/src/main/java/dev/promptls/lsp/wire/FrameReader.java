package dev.promptls.lsp.wire;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Cuts a byte stream into messages and never loses its way for longer than one bad frame.
///
/// What is sound about a frame is used, what is not is stepped over. It finds its way back by one
/// fact: the bytes `Content-Length: 12` followed by a line break cannot stand inside a JSON text,
/// because a string holds no raw line break and nothing but a string holds these letters. So a
/// length that is too long is noticed when the next header shows up inside the body, and one that
/// is too short when the next header shows up behind the rest.
///
/// Memory grows with the bytes that have come, never with the length that a header claims.
final class FrameReader {
  /// The longest message that is read; longer ones are stepped over.
  static final int MOST_BYTES = 64 << 20;

  private static final int HEADROOM = 64;
  private static final int NONE = -1;

  private final InputStream in;
  // The first HEADROOM bytes are free, so that the end of a body can be pushed back.
  private final byte[] buffer = new byte[HEADROOM + (32 << 10)];
  private int position = HEADROOM;
  private int limit = HEADROOM;
  // The length of a header found inside the body before.
  private long lengthAhead = NONE;
  // Set after a bad frame until a sound one: bytes in between are told of once.
  private boolean lost;

  FrameReader(InputStream in) {
    this.in = in;
  }

  Frame next() throws IOException {
    long length = lengthAhead;
    lengthAhead = NONE;
    boolean garbage = false;
    boolean charsetRefused = false;
    while (true) {
      HeaderLine line = nextLine();
      if (line == null) {
        return new Frame.End();
      }
      if (!line.isBlank()) {
        long named = line.length();
        length = line.namesLength() ? named : length;
        garbage |= named < 0;
        charsetRefused |= line.refusesCharset();
      } else if (length > MOST_BYTES) {
        lost = true;
        return new Frame.Bad(
            "A message of %d bytes is longer than the %d that are read."
                .formatted(length, MOST_BYTES));
      } else if (length >= 0) {
        return body((int) length, charsetRefused);
      } else if (garbage && !lost) {
        lost = true;
        return new Frame.Bad("A message has no valid Content-Length header.");
      }
    }
  }

  private Frame body(int length, boolean charsetRefused) throws IOException {
    byte[] body = new byte[Math.min(length, buffer.length)];
    int size = 0;
    while (size < length) {
      if (position == limit && !fill()) {
        return new Frame.End();
      }
      int chunk = Math.min(limit - position, length - size);
      if (size + chunk > body.length) {
        int roomier = (int) Math.min(length, Math.max(2L * body.length, size + chunk));
        body = Arrays.copyOf(body, roomier);
      }
      System.arraycopy(buffer, position, body, size, chunk);
      position += chunk;
      int swallowed = headerWithin(body, size, size + chunk);
      if (swallowed >= 0) {
        // The rest of the chunk belongs to the frame whose header was found.
        position -= size + chunk - swallowed - 1;
        return sound(body, startOfHeader(body, swallowed), charsetRefused);
      }
      size += chunk;
    }
    int cutOff = endsLikeJson(body, size) ? 0 : HeaderLine.lengthCutOff(body, size);
    pushBack(body, size - cutOff, size);
    return sound(body, size - cutOff, charsetRefused);
  }

  private Frame sound(byte[] body, int size, boolean charsetRefused) {
    lost = false;
    return charsetRefused
        ? new Frame.Bad("A message is not in UTF-8, the only character set of the protocol.")
        : new Frame.Body(ByteBuffer.wrap(body, 0, size));
  }

  /// The index of the line break that ends a length header between `from` and `to`, whose length is
  /// then remembered; -1 if there is none.
  private int headerWithin(byte[] body, int from, int to) {
    for (int i = from; i < to; i++) {
      if (body[i] == '\n') {
        long length = HeaderLine.endingAt(body, startOfLine(body, i), i).length();
        if (length >= 0) {
          lengthAhead = length;
          return i;
        }
      }
    }
    return -1;
  }

  private static int startOfLine(byte[] body, int end) {
    int start = end;
    while (start > 0 && end - start < HeaderLine.KEPT && body[start - 1] != '\n') {
      start--;
    }
    return start;
  }

  private static int startOfHeader(byte[] body, int lineBreak) {
    int at = lineBreak;
    while (at > 0 && body[at] != 'c' && body[at] != 'C') {
      at--;
    }
    // The last c of "Content-Length" is its first letter.
    return at;
  }

  private static boolean endsLikeJson(byte[] body, int size) {
    int end = size;
    while (end > 0 && (body[end - 1] == '\n' || body[end - 1] == '\r' || body[end - 1] == ' ')) {
      end--;
    }
    return end > 0 && body[end - 1] == '}';
  }

  private void pushBack(byte[] bytes, int from, int to) {
    if (from < to) {
      position -= to - from;
      System.arraycopy(bytes, from, buffer, position, to - from);
    }
  }

  /// The end of the next line; null at the end of the stream.
  private @Nullable HeaderLine nextLine() throws IOException {
    byte[] line = new byte[2 * HeaderLine.KEPT];
    int size = 0;
    while (true) {
      if (position == limit && !fill()) {
        return null;
      }
      byte next = buffer[position++];
      if (next == '\n') {
        return HeaderLine.endingAt(line, 0, size);
      }
      if (size == line.length) {
        System.arraycopy(line, size - HeaderLine.KEPT, line, 0, HeaderLine.KEPT);
        size = HeaderLine.KEPT;
      }
      line[size++] = next;
    }
  }

  private boolean fill() throws IOException {
    int read = in.read(buffer, HEADROOM, buffer.length - HEADROOM);
    position = HEADROOM;
    limit = HEADROOM + Math.max(read, 0);
    return read > 0;
  }
}
