package dev.promptls.app;

import dev.promptls.model.ModelException;
import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.syntax.PromptReader;
import java.io.IOException;
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

/// Text files that a command is given.
final class PromptSource {
  /// Larger than any prompt a model could take, smaller than what would hurt.
  private static final long MOST_BYTES = 64L << 20;

  private PromptSource() {}

  /// A prompt file.
  ///
  /// @throws ModelException if it cannot be read as text; not for what is in it
  static PromptFile prompt(Path path) throws ModelException {
    return PromptReader.read(path.toString(), text(path));
  }

  /// The text of a file, without a byte order mark.
  static String text(Path path) throws ModelException {
    String text = decode(path, bytes(path));
    return text.startsWith("\ufeff") ? text.substring(1) : text;
  }

  private static byte[] bytes(Path path) throws ModelException {
    try {
      if (Files.isDirectory(path)) {
        throw new ModelException(path + " is a folder: name a file in it.");
      }
      if (Files.size(path) > MOST_BYTES) {
        throw new ModelException(
            path + " is larger than " + (MOST_BYTES >> 20) + " MiB, which is too large to read.");
      }
      return Files.readAllBytes(path);
    } catch (NoSuchFileException e) {
      throw new ModelException("There is no file " + path + ": check its name.", e);
    } catch (AccessDeniedException e) {
      throw new ModelException(path + " cannot be read: you lack the permission.", e);
    } catch (IOException e) {
      throw new ModelException(path + " cannot be read: " + e.getMessage() + ".", e);
    }
  }

  private static String decode(Path path, byte[] bytes) throws ModelException {
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
              .formatted(path, in.position(), bytes[in.position()]));
    }
    return out.flip().toString();
  }
}
