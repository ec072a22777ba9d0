package dev.promptls.model.gguf;

import java.util.List;

/// A tensor of a GGUF file.
///
/// @param shape fastest dimension first: `[in, out]` for a weight
/// @param offset of its first byte in the file
/// @param bytes its size
public record Tensor(String name, List<Long> shape, TensorType type, long offset, long bytes) {
  /// Values in one row.
  public int columns() {
    return Math.toIntExact(shape.getFirst());
  }

  /// Rows, all further dimensions together.
  public int rows() {
    long rows = 1;
    for (long size : shape.subList(1, shape.size())) {
      rows = Math.multiplyExact(rows, size);
    }
    return Math.toIntExact(rows);
  }

  public long values() {
    return (long) columns() * rows();
  }
}
