package dev.promptls.model.onnx;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A weight in the weight file, ready to be multiplied with: `y = x · Wᵀ`, W is `[rows, columns]`.
sealed interface Matrix {
  String name();

  int rows();

  int columns();

  /// Quantised, as `MatMulNBits` takes it, plus what that operator cannot do: a minimum per group,
  /// to be multiplied with the sum of the input's group.
  ///
  /// @param codes `[rows, width / group, group * bits / 8]` bytes
  /// @param scales `[rows, width / group]` floats
  /// @param wide where the minima are in the codes, see [MinimumDigits]; else `width` is `columns`
  /// @param minima `[sums, rows]` floats, what is to be added beside: all of the minima, or of
  ///   those of a wide matrix the rest that float arithmetic sees; absent if the type has none. A
  ///   table to look up has `[rows, groups]`
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
      @Nullable Wide wide,
      WeightFile.@Nullable Region minima,
      List<Blocks> halves)
      implements Matrix {
    int groups() {
      return columns / group;
    }
  }

  /// @param zeroPoints `[rows, (groups + blocks) * bits / 8]` bytes, each row begins with a whole
  ///   one
  /// @param blocks how many more a row has than the input has groups
  record Wide(WeightFile.Region zeroPoints, int blocks) {}

  /// Plain floats, `[columns, rows]` so that `MatMul` takes them as they are.
  record Floats(String name, int rows, int columns, WeightFile.Region values) implements Matrix {}
}
