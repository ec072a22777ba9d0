package dev.promptls.app;

import dev.promptls.lab.files.TextFile;
import dev.promptls.model.ModelException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A text file that may be written back. It is replaced as a whole or not at all, and only if
/// nobody else has changed it since it was read.
///
/// @param path as the person named it
/// @param text without a byte order mark
@SuppressWarnings("ArrayRecordComponent") // never changed, and no two files are compared
record EditedFile(Path path, String text, byte[] bytes) {
  /// What some programs put before a text in UTF-8.
  static final String MARK = "\ufeff";

  private static final byte[] MARK_BYTES = MARK.getBytes(StandardCharsets.UTF_8);

  /// @throws ModelException if it cannot be read as UTF-8
  static EditedFile read(Path path) throws ModelException {
    byte[] bytes = TextFile.bytes(path);
    return new EditedFile(path, TextFile.text(path.toString(), bytes), bytes);
  }

  /// Whether a file begins with a byte order mark.
  static boolean marked(byte[] bytes) {
    int length = MARK_BYTES.length;
    return bytes.length >= length && Arrays.equals(bytes, 0, length, MARK_BYTES, 0, length);
  }

  /// Puts another text in place of the one read. A link stays a link; permissions, owner and byte
  /// order mark stay what they were.
  ///
  /// @throws ModelException if it cannot be written; the file is what it was then
  void replace(String with) throws ModelException {
    Path beside = null;
    try {
      Path real = path.toRealPath();
      if (!Files.isWritable(real)) {
        throw new ModelException(path + " is write-protected: change its permissions.");
      }
      beside = real.resolveSibling("." + real.getFileName() + "." + UUID.randomUUID() + ".tmp");
      write(beside, real, with);
      if (!Arrays.equals(bytes, Files.readAllBytes(real))) {
        throw new ModelException(path + " was changed by somebody else meanwhile: try again.");
      }
      Files.move(beside, real, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new ModelException(path + " cannot be written: " + reason(e) + ".", e);
    } finally {
      discard(beside);
    }
  }

  private void write(Path beside, Path like, String with) throws IOException {
    try (FileChannel out =
        FileChannel.open(beside, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      String whole = marked(bytes) ? MARK + with : with;
      var buffer = StandardCharsets.UTF_8.encode(whole);
      while (buffer.hasRemaining()) {
        out.write(buffer);
      }
      out.force(true);
    }
    PosixFileAttributeView to = Files.getFileAttributeView(beside, PosixFileAttributeView.class);
    if (to != null) {
      PosixFileAttributes from = Files.readAttributes(like, PosixFileAttributes.class);
      PosixFileAttributes own = to.readAttributes();
      if (!own.owner().equals(from.owner())) {
        to.setOwner(from.owner());
      }
      if (!own.group().equals(from.group())) {
        to.setGroup(from.group());
      }
      to.setPermissions(from.permissions());
    }
  }

  private static void discard(@Nullable Path beside) throws ModelException {
    try {
      if (beside != null) {
        Files.deleteIfExists(beside);
      }
    } catch (IOException e) {
      throw new ModelException(beside + " could not be removed again: delete it.", e);
    }
  }

  static String reason(IOException problem) {
    String message = String.valueOf(problem.getMessage());
    return problem instanceof java.nio.file.AccessDeniedException
        ? "you lack the permission"
        : message;
  }
}
