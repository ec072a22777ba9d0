package dev.promptls.model.store;

import dev.promptls.model.Cancellation;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// Digests as 64 lower-case hex digits.
final class Sha256 {
  private static final int CHUNK = 1 << 20;

  private Sha256() {}

  static MessageDigest start() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256.", e);
    }
  }

  static String hex(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest());
  }

  static String of(String text) {
    MessageDigest digest = start();
    digest.update(text.getBytes(StandardCharsets.UTF_8));
    return hex(digest);
  }

  static String of(Path file, Progress progress, Cancellation cancellation) throws IOException {
    MessageDigest digest = start();
    long total = Files.size(file);
    long done = 0;
    byte[] chunk = new byte[CHUNK];
    try (InputStream in = Files.newInputStream(file)) {
      int count;
      while ((count = in.read(chunk)) >= 0) {
        if (cancellation.isCancelled()) {
          throw new InterruptedIOException("cancelled");
        }
        digest.update(chunk, 0, count);
        done += count;
        progress.report(Progress.Phase.VERIFYING, done, total);
      }
    }
    return hex(digest);
  }
}
