package dev.promptls.lsp.wire;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.ReentrantLock;

/// Puts messages on a byte stream, each whole. Safe for use by several threads.
final class FrameWriter {
  private static final byte[] REPLACEMENT = {(byte) 0xEF, (byte) 0xBF, (byte) 0xBD};

  private final OutputStream out;
  private final ReentrantLock lock = new ReentrantLock();

  FrameWriter(OutputStream out) {
    this.out = out;
  }

  /// Writes one message. A surrogate without its other half becomes U+FFFD.
  void write(String json) throws IOException {
    ByteBuffer body = encode(json);
    byte[] header =
        ("Content-Length: " + body.remaining() + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
    byte[] frame = new byte[header.length + body.remaining()];
    System.arraycopy(header, 0, frame, 0, header.length);
    body.get(frame, header.length, body.remaining());
    lock.lock();
    try {
      out.write(frame);
      out.flush();
    } finally {
      lock.unlock();
    }
  }

  private static ByteBuffer encode(String json) throws CharacterCodingException {
    return StandardCharsets.UTF_8
        .newEncoder()
        .onMalformedInput(CodingErrorAction.REPLACE)
        .replaceWith(REPLACEMENT)
        .encode(CharBuffer.wrap(json));
  }
}
