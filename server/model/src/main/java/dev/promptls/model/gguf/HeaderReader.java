package dev.promptls.model.gguf;

import dev.promptls.model.ModelException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Parses the header of a GGUF file. Nothing in it is believed before it was compared with the size
/// of the file, and all arithmetic on sizes is checked 64-bit.
final class HeaderReader {
  private static final int MAGIC = 0x46554747; // "GGUF", little-endian
  private static final int MAX_DIMENSIONS = 4;
  private static final int MAX_NAME_BYTES = 65_535;
  private static final int MAX_ARRAY_DEPTH = 1;
  private static final long DEFAULT_ALIGNMENT = 32;

  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final String file;
  private final MemorySegment bytes;
  private long position;

  HeaderReader(String file, MemorySegment bytes) {
    this.file = file;
    this.bytes = bytes;
  }

  GgufFile.Header read() throws ModelException {
    if (bytes.byteSize() == 0) {
      throw refuse("is empty");
    }
    if (u32("the magic number") != MAGIC) {
      throw refuse("does not begin with \"GGUF\"");
    }
    int version = u32("the version");
    if (Integer.reverseBytes(version) == 2 || Integer.reverseBytes(version) == 3) {
      throw refuse("is big-endian, and only little-endian files are supported");
    }
    if (version != 2 && version != 3) {
      throw refuse(
          "has GGUF version %s, and only 2 and 3 are supported"
              .formatted(Integer.toUnsignedString(version)));
    }
    // A tensor takes at least 24 bytes of header, a key with its value at least 13.
    long tensorCount = count("the number of tensors", 24);
    long metadataCount = count("the number of metadata entries", 13);
    Metadata metadata = metadata(metadataCount);
    long metadataEnd = position;
    long alignment = metadata.integer("general.alignment").orElse(DEFAULT_ALIGNMENT);
    if (alignment < 8 || alignment > 1 << 20 || Long.bitCount(alignment) != 1) {
      throw refuse(
          "has an alignment of %d, which is no power of two from 8 to 1 MiB".formatted(alignment));
    }
    return new GgufFile.Header(version, metadata, metadataEnd, tensors(tensorCount, alignment));
  }

  private Metadata metadata(long count) throws ModelException {
    Map<String, Object> values = new LinkedHashMap<>();
    for (long i = 0; i < count; i++) {
      String key = name("a metadata key");
      int type = u32("the type of \"" + key + "\"");
      if (values.put(key, value(type, key, 0)) != null) {
        throw refuse("has the metadata key \"%s\" twice".formatted(key));
      }
    }
    return new Metadata(file, values);
  }

  private Object value(int type, String key, int depth) throws ModelException {
    String what = "the value of \"" + key + "\"";
    return switch (type) {
      case 0 -> (long) Byte.toUnsignedInt(u8(what));
      case 1 -> (long) u8(what);
      case 2 -> (long) Short.toUnsignedInt(u16(what));
      case 3 -> (long) u16(what);
      case 4 -> Integer.toUnsignedLong(u32(what));
      case 5 -> (long) u32(what);
      case 6 -> (double) Float.intBitsToFloat(u32(what));
      case 7 -> u8(what) != 0;
      case 8 -> string(what, Integer.MAX_VALUE);
      case 9 -> array(key, depth);
      case 10, 11 -> u64(what);
      case 12 -> Double.longBitsToDouble(u64(what));
      default ->
          throw refuse(
              "has the unknown value type %s for \"%s\""
                  .formatted(Integer.toUnsignedString(type), key));
    };
  }

  private List<Object> array(String key, int depth) throws ModelException {
    if (depth >= MAX_ARRAY_DEPTH) {
      throw refuse("has nested arrays in \"%s\"".formatted(key));
    }
    int type = u32("the element type of \"" + key + "\"");
    long count = count("the length of \"" + key + "\"", minimumBytes(type));
    List<Object> elements = new ArrayList<>(Math.toIntExact(Math.min(count, 1 << 20)));
    for (long i = 0; i < count; i++) {
      elements.add(value(type, key, depth + 1));
    }
    return List.copyOf(elements);
  }

  private static int minimumBytes(int type) {
    return switch (type) {
      case 2, 3 -> 2;
      case 4, 5, 6 -> 4;
      case 8, 10, 11, 12 -> 8;
      case 9 -> 12;
      default -> 1;
    };
  }

  private Map<String, Tensor> tensors(long count, long alignment) throws ModelException {
    List<Tensor> relative = new ArrayList<>();
    for (long i = 0; i < count; i++) {
      relative.add(tensor(alignment));
    }
    long base = (position + alignment - 1) / alignment * alignment;
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (Tensor tensor : relative) {
      Tensor placed = placed(tensor, base);
      if (tensors.put(placed.name(), placed) != null) {
        throw refuse("has the tensor \"%s\" twice".formatted(placed.name()));
      }
    }
    checkOverlap(tensors);
    return Collections.unmodifiableMap(tensors);
  }

  private Tensor tensor(long alignment) throws ModelException {
    String name = name("a tensor name");
    int dimensions = u32("the dimensions of \"" + name + "\"");
    if (dimensions < 1 || dimensions > MAX_DIMENSIONS) {
      throw refuse(
          "has %s dimensions for the tensor \"%s\""
              .formatted(Integer.toUnsignedString(dimensions), name));
    }
    List<Long> shape = new ArrayList<>();
    for (int d = 0; d < dimensions; d++) {
      long size = u64("the shape of \"" + name + "\"");
      if (size < 1 || size > Integer.MAX_VALUE) {
        throw refuse("has an impossible shape for the tensor \"%s\"".formatted(name));
      }
      shape.add(size);
    }
    int number = u32("the type of \"" + name + "\"");
    TensorType type =
        TensorType.of(number)
            .orElseThrow(() ->
                refuse(
                    "has the unknown type %s for the tensor \"%s\""
                        .formatted(Integer.toUnsignedString(number), name)));
    long offset = u64("the offset of \"" + name + "\"");
    if (offset % alignment != 0) {
      throw refuse(
          "has the tensor \"%s\" at an offset that is no multiple of %d"
              .formatted(name, alignment));
    }
    return new Tensor(name, List.copyOf(shape), type, offset, bytes(name, shape, type));
  }

  private long bytes(String name, List<Long> shape, TensorType type) throws ModelException {
    if (shape.getFirst() % type.blockValues() != 0) {
      throw refuse(
          "has rows of %d values for the tensor \"%s\", which %s cannot hold"
              .formatted(shape.getFirst(), name, type));
    }
    try {
      long size = Math.multiplyExact(shape.getFirst() / type.blockValues(), type.blockBytes());
      long rows = 1;
      for (long s : shape.subList(1, shape.size())) {
        rows = Math.multiplyExact(rows, s);
      }
      Math.toIntExact(rows);
      return Math.multiplyExact(size, rows);
    } catch (ArithmeticException e) {
      throw refuse("has an impossible shape for the tensor \"%s\"".formatted(name));
    }
  }

  private Tensor placed(Tensor tensor, long base) throws ModelException {
    long room = bytes.byteSize() - base;
    // Written so that no sum can wrap.
    if (tensor.offset() < 0
        || room < 0
        || tensor.bytes() > room
        || tensor.offset() > room - tensor.bytes()) {
      throw refuse("ends before the data of the tensor \"%s\"".formatted(tensor.name()));
    }
    return new Tensor(
        tensor.name(), tensor.shape(), tensor.type(), base + tensor.offset(), tensor.bytes());
  }

  private void checkOverlap(Map<String, Tensor> tensors) throws ModelException {
    List<Tensor> sorted = new ArrayList<>(tensors.values());
    sorted.sort(Comparator.comparingLong(Tensor::offset));
    for (int i = 1; i < sorted.size(); i++) {
      Tensor before = sorted.get(i - 1);
      Tensor after = sorted.get(i);
      if (before.offset() + before.bytes() > after.offset()) {
        throw refuse(
            "has the tensors \"%s\" and \"%s\" in the same bytes"
                .formatted(before.name(), after.name()));
      }
    }
  }

  /// A count of things that take at least `minimumBytes` each, so that it cannot exceed the file.
  private long count(String what, int minimumBytes) throws ModelException {
    long count = u64(what);
    if (count < 0 || count > (bytes.byteSize() - position) / minimumBytes) {
      throw refuse(
          "gives %s as %s, more than the file can hold"
              .formatted(what, Long.toUnsignedString(count)));
    }
    return count;
  }

  private String name(String what) throws ModelException {
    return string(what, MAX_NAME_BYTES);
  }

  private String string(String what, long maxBytes) throws ModelException {
    long length = u64("the length of " + what);
    if (length < 0 || length > maxBytes || length > bytes.byteSize() - position) {
      throw refuse(
          "gives %s a length of %s bytes, more than the file can hold"
              .formatted(what, Long.toUnsignedString(length)));
    }
    byte[] text = bytes.asSlice(position, length).toArray(ValueLayout.JAVA_BYTE);
    position += length;
    return new String(text, StandardCharsets.UTF_8);
  }

  private byte u8(String what) throws ModelException {
    return bytes.get(ValueLayout.JAVA_BYTE, advance(1, what));
  }

  private short u16(String what) throws ModelException {
    return bytes.get(SHORT, advance(2, what));
  }

  private int u32(String what) throws ModelException {
    return bytes.get(INT, advance(4, what));
  }

  private long u64(String what) throws ModelException {
    return bytes.get(LONG, advance(8, what));
  }

  private long advance(int size, String what) throws ModelException {
    long at = position;
    if (bytes.byteSize() - at < size) {
      throw refuse("ends inside " + what);
    }
    position += size;
    return at;
  }

  private ModelException refuse(String defect) {
    return new ModelException(
        "%s %s; get the model again or choose another GGUF file.".formatted(file, defect));
  }
}
