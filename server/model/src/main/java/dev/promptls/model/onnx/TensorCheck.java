package dev.promptls.model.onnx;

import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import dev.promptls.model.ModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Checks the tensors of a graph: their sizes, and that what lies in other files is there, inside
/// of the model's folder.
final class TensorCheck {
  private static final int MAX_RANK = 64;
  private static final int MAX_ENTRIES = 16;

  /// Parts of a relative path; a star would reach what ONNX Runtime calls memory addresses.
  private static final Pattern LOCATION =
      Pattern.compile("[^/\\\\:*\\p{Cntrl}]{1,255}(/[^/\\\\:*\\p{Cntrl}]{1,255}){0,7}");

  private final GraphRefusal refusal;
  private final Path beside;
  private final Path root;

  /// Sizes of the files that tensors lie in, by location.
  private final Map<String, Long> files = new HashMap<>();

  /// @param file the graph
  /// @param folder that no link may lead out of
  TensorCheck(Path file, Path folder, GraphRefusal refusal) throws IOException {
    this.refusal = refusal;
    beside = file.toAbsolutePath().normalize().resolveSibling("");
    root = folder.toRealPath();
  }

  /// What is read of one tensor.
  private static final class Reading {
    private final List<Long> dimensions = new ArrayList<>();
    private final Map<String, String> external = new HashMap<>();
    private String name = "";
    private long type;
    private long location;
    private long raw = -1;
  }

  /// Reads and checks a tensor.
  ///
  /// @return its name
  String read(ProtoReader in, int wireType) throws IOException, ModelException {
    Reading tensor = new Reading();
    in.message(wireType, new BitSet(), (field, type) -> field(tensor, in, field, type));
    check(tensor);
    return tensor.name;
  }

  private boolean field(Reading tensor, ProtoReader in, int field, int wireType)
      throws IOException, ModelException {
    switch (field) {
      case TensorProto.DIMS_FIELD_NUMBER -> {
        in.integers(wireType, tensor.dimensions::add);
        if (tensor.dimensions.size() > MAX_RANK) {
          throw refusal.of("has a tensor with more than " + MAX_RANK + " dimensions");
        }
      }
      case TensorProto.DATA_TYPE_FIELD_NUMBER -> tensor.type = in.integer(wireType);
      case TensorProto.NAME_FIELD_NUMBER -> tensor.name = in.text(wireType);
      case TensorProto.RAW_DATA_FIELD_NUMBER -> tensor.raw = in.skip(wireType);
      case TensorProto.DATA_LOCATION_FIELD_NUMBER -> tensor.location = in.integer(wireType);
      case TensorProto.EXTERNAL_DATA_FIELD_NUMBER -> entry(tensor, in, wireType);
      default -> {
        return false;
      }
    }
    return true;
  }

  private void entry(Reading tensor, ProtoReader in, int wireType)
      throws IOException, ModelException {
    String[] entry = {"", ""};
    in.message(
        wireType,
        new BitSet(),
        (field, type) -> {
          if (field != StringStringEntryProto.KEY_FIELD_NUMBER
              && field != StringStringEntryProto.VALUE_FIELD_NUMBER) {
            return false;
          }
          entry[field - StringStringEntryProto.KEY_FIELD_NUMBER] = in.text(type);
          return true;
        });
    if (tensor.external.put(entry[0], entry[1]) != null || tensor.external.size() > MAX_ENTRIES) {
      throw refusal.of("says twice where the tensor", tensor.name, "lies");
    }
  }

  private void check(Reading tensor) throws ModelException, IOException {
    long bits = bits(tensor.type);
    if (bits < 0) {
      throw refusal.of("has a type that is not known for the tensor", tensor.name, "");
    }
    long bytes;
    try {
      long elements = 1;
      for (long dimension : tensor.dimensions) {
        if (dimension < 0) {
          throw refusal.of("has a negative size for the tensor", tensor.name, "");
        }
        elements = Math.multiplyExact(elements, dimension);
      }
      bytes = Math.ceilDiv(Math.multiplyExact(elements, bits), Byte.SIZE);
    } catch (ArithmeticException e) {
      throw refusal.of("has a size beyond all files for the tensor", tensor.name, "");
    }
    if (tensor.location != 0 || !tensor.external.isEmpty()) {
      checkExternal(tensor, bytes);
    } else if (bits > 0 && tensor.raw >= 0 && tensor.raw != bytes) {
      throw refusal.of("has more or less data than the size says for the tensor", tensor.name, "");
    }
  }

  private void checkExternal(Reading tensor, long bytes) throws ModelException, IOException {
    if (bits(tensor.type) == 0) {
      throw refusal.of("keeps text in another file for the tensor", tensor.name, "");
    }
    long offset = number(tensor, "offset", 0);
    long length = number(tensor, "length", bytes);
    long size = size(tensor.external.getOrDefault("location", ""));
    if (length != bytes || offset > size || length > size - offset) {
      throw refusal.of(
          "wants data that lie outside of the weight file for the tensor", tensor.name, "");
    }
  }

  private long number(Reading tensor, String key, long otherwise) throws ModelException {
    String text = tensor.external.get(key);
    try {
      long value = text == null ? otherwise : Long.parseLong(text);
      if (value >= 0) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw refusal.of("has an impossible " + key + " for the tensor", tensor.name, "");
  }

  private long size(String location) throws ModelException, IOException {
    Long known = files.get(location);
    if (known != null) {
      return known;
    }
    boolean plain =
        LOCATION.matcher(location).matches()
            && Stream.of(location.split("/", -1))
                .noneMatch(part -> part.equals(".") || part.equals(".."));
    if (!plain) {
      throw refusal.of("keeps weights at the place", location, "outside of its folder");
    }
    long size = Files.size(inside(location));
    files.put(location, size);
    return size;
  }

  private Path inside(String location) throws ModelException, IOException {
    try {
      Path file = beside.resolve(location);
      if (!Files.isRegularFile(file)) {
        throw refusal.incomplete(location);
      }
      if (!file.toRealPath().startsWith(root)) {
        throw refusal.of("keeps weights at the place", location, "outside of its folder");
      }
      return file;
    } catch (InvalidPathException e) {
      throw refusal.of("keeps weights at the place", location, "outside of its folder");
    }
  }

  /// Bits of an element; 0 for text, -1 if the type is not known.
  private static long bits(long type) {
    TensorProto.DataType known =
        type == (int) type ? TensorProto.DataType.forNumber((int) type) : null;
    if (known == null) {
      return newerBits(type);
    }
    return switch (known) {
      case UINT8, INT8, BOOL -> 8;
      case FLOAT8E4M3FN, FLOAT8E4M3FNUZ, FLOAT8E5M2, FLOAT8E5M2FNUZ -> 8;
      case UINT16, INT16, FLOAT16, BFLOAT16 -> 16;
      case FLOAT, INT32, UINT32 -> 32;
      case DOUBLE, INT64, UINT64, COMPLEX64 -> 64;
      case COMPLEX128 -> 128;
      case STRING -> 0;
      default -> newerBits(type);
    };
  }

  /// Types that came to ONNX after the classes used here were made: 4-bit and 2-bit numbers, and a
  /// scale of 8 bits.
  private static long newerBits(long type) {
    return switch (Math.clamp(type, -1, 1000)) {
      case 21, 22, 23 -> 4;
      case 24 -> 8;
      case 25, 26 -> 2;
      default -> -1;
    };
  }
}
