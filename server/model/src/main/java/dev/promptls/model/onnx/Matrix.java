package dev.promptls.model.onnx;

import org.jspecify.annotations.Nullable;

/// A weight in the weight file, ready to be multiplied with: `y = x · Wᵀ`, W is `[rows, columns]`.
sealed interface Matrix {
  String name();

  int rows();

  int columns();

  /// Quantised, as `MatMulNBits` takes it, plus what that operator cannot do: a minimum per group.
  ///
  /// @param codes `[rows, columns / group, group * bits / 8]` bytes
  /// @param scales `[rows, columns / group]` floats
  /// @param minima `[columns / group, rows]` floats, absent if the type has none
  record Blocks(
      String name,
      int rows,
      int columns,
      int bits,
      int group,
      WeightFile.Region codes,
      WeightFile.Region scales,
      WeightFile.@Nullable Region minima)
      implements Matrix {
    int groups() {
      return columns / group;
    }
  }

  /// Plain floats, `[columns, rows]` so that `MatMul` takes them as they are.
  record Floats(String name, int rows, int columns, WeightFile.Region values) implements Matrix {}
}
