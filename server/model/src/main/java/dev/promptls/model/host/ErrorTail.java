package dev.promptls.model.host;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The last lines that a child wrote to standard error, and the frame it crashed in.
final class ErrorTail {
  private static final Logger LOG = LoggerFactory.getLogger(ErrorTail.class);
  private static final int LINES = 40;
  private static final int LINE_CHARS = 400;

  private final Deque<String> lines = new ArrayDeque<>();
  private boolean frameFollows;
  private String frame = "";

  /// Reads to the end of the stream.
  void drain(InputStream stream) {
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      StringBuilder line = new StringBuilder();
      for (int c = reader.read(); c >= 0; c = reader.read()) {
        if (c == '\n') {
          add(line.toString());
          line.setLength(0);
        } else if (line.length() < LINE_CHARS) {
          line.append((char) c);
        }
      }
      add(line.toString());
    } catch (IOException e) {
      LOG.debug("a child's error stream ended", e);
    }
  }

  synchronized void add(String line) {
    if (line.isBlank()) {
      return;
    }
    // HotSpot names the native frame on the line after this heading.
    if (frameFollows && frame.isEmpty()) {
      frame = line.replaceFirst("^#\\s*", "").strip();
    }
    frameFollows = line.startsWith("# Problematic frame:");
    lines.addLast(line);
    if (lines.size() > LINES) {
      lines.removeFirst();
    }
  }

  /// The native frame of a crash, as HotSpot names it: `C [libonnxruntime.so+0x1234] …`.
  synchronized Optional<String> crashFrame() {
    return frame.isEmpty() ? Optional.empty() : Optional.of(frame);
  }

  synchronized String text() {
    return String.join("\n", lines);
  }
}
