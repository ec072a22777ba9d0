package dev.promptls.lab.files;

import dev.promptls.model.ModelException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// Text files in UTF-8.
public final class TextFile {
  /// Larger than any prompt a model could take, smaller than what would hurt.
  public static final long MOST_BYTES = 64L << 20;

  private TextFile() {}

  /// The text of a file, without a byte order mark.
  ///
  /// @throws ModelException in one sentence, if there is no such file, it is too large, may not be
  ///   read, or is not UTF-8
  public static String read(Path path) throws ModelException {
    return read(path, MOST_BYTES);
  }

  /// The same with another limit.
  ///
  /// @param most bytes
  /// @throws ModelException as above
  public static String read(Path path, long most) throws ModelException {
    return text(path.toString(), bytes(path, most));
  }

  /// Bytes as text, without a byte order mark.
  ///
  /// @param name for the sentence
  /// @throws ModelException if they are not UTF-8
  public static String text(String name, byte[] bytes) throws ModelException {
    String text = decode(name, bytes);
    return text.startsWith("\ufeff") ? text.substring(1) : text;
  }

  /// A file as it is, for those that write it back.
  ///
  /// @throws ModelException as [#read(Path)], but not for what is in it
  public static byte[] bytes(Path path) throws ModelException {
    return bytes(path, MOST_BYTES);
  }

  private static byte[] bytes(Path path, long most) throws ModelException {
    try {
      if (Files.isDirectory(path)) {
        throw new ModelException(path + " is a folder: name a file in it.");
      }
      // Devices and pipes have no size to trust, and some never end.
      if (Files.exists(path) && !Files.isRegularFile(path)) {
        throw new ModelException(path + " is not an ordinary file: copy its content to one.");
      }
      try (InputStream in = Files.newInputStream(path)) {
        byte[] bytes = in.readNBytes(Math.toIntExact(most + 1));
        if (bytes.length > most) {
          throw new ModelException(
              path + " is larger than " + (most >> 20) + " MiB, which is too large to read.");
        }
        return bytes;
      }
    } catch (NoSuchFileException e) {
      throw new ModelException("There is no file " + path + ": check its name.", e);
    } catch (AccessDeniedException e) {
      throw new ModelException(path + " cannot be read: you lack the permission.", e);
    } catch (IOException e) {
      throw new ModelException(path + " cannot be read: " + e.getMessage() + ".", e);
    }
  }

  private static String decode(String name, byte[] bytes) throws ModelException {
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length);
    CoderResult result = decoder.decode(in, out, true);
    if (result.isError()) {
      throw new ModelException(
          "%s is not UTF-8 text: the byte at offset %d (0x%02X) does not belong there; save it as UTF-8."
              .formatted(name, in.position(), bytes[in.position()]));
    }
    return out.flip().toString();
  }
}
