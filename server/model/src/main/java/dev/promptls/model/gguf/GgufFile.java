package dev.promptls.model.gguf;

import dev.promptls.model.ModelException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;

/// An open, memory-mapped GGUF file whose header was checked: every count, length, offset and size
/// is inside the file, and no two tensors share bytes.
public final class GgufFile implements AutoCloseable {
  /// After the magic number and the version.
  private static final int TENSOR_COUNT_AT = 8;

  private final Arena arena;
  private final MemorySegment bytes;
  private final Header header;

  /// What stands before the tensor data.
  ///
  /// @param metadataEnd the first byte after the metadata
  /// @param tensors by name, in file order
  record Header(int version, Metadata metadata, long metadataEnd, Map<String, Tensor> tensors) {}

  private GgufFile(Arena arena, MemorySegment bytes, Header header) {
    this.arena = arena;
    this.bytes = bytes;
    this.header = header;
  }

  /// @throws ModelException if the file cannot be read or is not a sound GGUF file
  public static GgufFile open(Path path) throws ModelException {
    String name = String.valueOf(path.getFileName());
    Arena arena = Arena.ofShared();
    try {
      if (Files.isDirectory(path)) {
        throw new ModelException(name + " is a folder, not a GGUF file; name the file inside it.");
      }
      MemorySegment bytes;
      try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
        bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
      }
      return new GgufFile(arena, bytes, new HeaderReader(name, bytes).read());
    } catch (NoSuchFileException e) {
      arena.close();
      throw new ModelException(path + " does not exist; check the path.", e);
    } catch (IOException e) {
      arena.close();
      throw new ModelException(
          "%s cannot be read (%s); check its permissions and the disk."
              .formatted(path, e.getMessage()),
          e);
    } catch (ModelException e) {
      arena.close();
      throw e;
    }
  }

  public int version() {
    return header.version();
  }

  public Metadata metadata() {
    return header.metadata();
  }

  /// All tensors by name, in the order of the file.
  public Map<String, Tensor> tensors() {
    return header.tensors();
  }

  public Optional<Tensor> tensor(String name) {
    return Optional.ofNullable(header.tensors().get(name));
  }

  /// The bytes of a tensor; valid until this file is closed.
  public MemorySegment data(Tensor tensor) {
    return bytes.asSlice(tensor.offset(), tensor.bytes());
  }

  /// Writes a GGUF file with the metadata of this one and no tensors: enough for a tokenizer.
  ///
  /// @param path must not exist
  public void writeMetadata(Path path) throws IOException {
    ByteBuffer copy =
        ByteBuffer.wrap(bytes.asSlice(0, this.header.metadataEnd()).toArray(ValueLayout.JAVA_BYTE))
            .order(ByteOrder.LITTLE_ENDIAN);
    copy.putLong(TENSOR_COUNT_AT, 0);
    try (FileChannel channel =
        FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      while (copy.hasRemaining()) {
        channel.write(copy);
      }
      channel.force(true);
    }
  }

  @Override
  public void close() {
    arena.close();
  }
}
