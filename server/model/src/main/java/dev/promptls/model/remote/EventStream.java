package dev.promptls.model.remote;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// The data of server-sent events, one after the other; other fields and comments are skipped.
///
/// Source: WHATWG HTML, "Server-sent events".
final class EventStream {
  private static final int MOST_BYTES = 1 << 20;

  private final InputStream in;
  private boolean ended;

  EventStream(InputStream in) {
    this.in = new BufferedInputStream(in);
  }

  /// The next event's data; empty at the end.
  ///
  /// @throws OverflowException if an event is longer than 1 MiB
  Optional<String> next() throws IOException {
    StringBuilder data = new StringBuilder();
    boolean any = false;
    while (!ended) {
      String line = line();
      if (line.isEmpty() && any) {
        break;
      }
      if (line.startsWith("data:")) {
        data.append(any ? "\n" : "").append(line.substring(line.startsWith("data: ") ? 6 : 5));
        any = true;
        if (data.length() > MOST_BYTES) {
          throw new OverflowException();
        }
      }
    }
    return any ? Optional.of(data.toString()) : Optional.empty();
  }

  private String line() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int c = in.read();
    while (c >= 0 && c != '\n') {
      if (c != '\r') {
        bytes.write(c);
      }
      if (bytes.size() > MOST_BYTES) {
        throw new OverflowException();
      }
      c = in.read();
    }
    ended = c < 0;
    return bytes.toString(StandardCharsets.UTF_8);
  }

  /// More came than an answer can be.
  static final class OverflowException extends IOException {
    OverflowException() {
      super("too much data");
    }
  }
}
