package dev.promptls.model.onnx;

import java.util.List;
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
  /// @param halves for 8 bits, two matrices of 4 bits whose products add up to that of this one: in
  ///   float arithmetic the operator takes 4 bits a dozen times faster. `code - 128` is `16 (high -
  ///   8) + (low - 8) + 8`, so the high half has 16 times the scale and the rest goes to its
  ///   minimum
  record Blocks(
      String name,
      int rows,
      int columns,
      int bits,
      int group,
      WeightFile.Region codes,
      WeightFile.Region scales,
      WeightFile.@Nullable Region minima,
      List<Blocks> halves)
      implements Matrix {
    int groups() {
      return columns / group;
    }
  }

  /// Plain floats, `[columns, rows]` so that `MatMul` takes them as they are.
  record Floats(String name, int rows, int columns, WeightFile.Region values) implements Matrix {}
}
