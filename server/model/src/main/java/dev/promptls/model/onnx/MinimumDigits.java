package dev.promptls.model.onnx;

/// Puts the minima of a matrix into its codes, so that one `MatMulNBits` computes both.
///
/// A group is `scale * (code - centre) + minimum`. The nearest whole number of scales goes to the
/// group's zero point; what is left is at most half a scale and becomes more columns, to be
/// multiplied with the sums of the input's groups: a block of them holds one digit of 32 minima (16
/// where groups have 16 values), and two digits of 4 bits or one of 8 leave less than a two
/// hundredth of what there was. That is far below what the operator's rounding of its input to 8
/// bits makes of a group. Float arithmetic adds the rest beside.
final class MinimumDigits {
  private final int group;
  private final int groups;
  private final int digits;
  private final int centre;
  private final int blocks;
  private final int zeroPointsARow;
  private final float[] scales;
  private final byte[] zeroPoints;

  /// The next row to be widened.
  private int row;

  /// For a matrix with so many groups in a row.
  MinimumDigits(int bits, int group, int groups, int rows) {
    this.group = group;
    this.groups = groups;
    digits = 8 / bits;
    centre = 1 << (bits - 1);
    blocks = groups + more();
    // Two of 4 bits share a byte, and rows do not.
    zeroPointsARow = bits == 4 ? blocks + blocks % 2 : blocks;
    scales = new float[Math.multiplyExact(rows, blocks)];
    zeroPoints = new byte[Math.multiplyExact(rows, zeroPointsARow)];
  }

  /// How many sums of groups an input has: as many as fill whole blocks, those behind the groups
  /// are of nothing.
  static int sums(int group, int groups) {
    return (groups + group - 1) / group * group;
  }

  /// How many more blocks than groups a row has.
  int more() {
    return digits * sums(group, groups) / group;
  }

  /// Of all blocks of the rows so far.
  float[] scales() {
    return scales;
  }

  /// Of all blocks of the rows so far, one a byte; behind an odd number of 4 bits one of nothing.
  byte[] zeroPoints() {
    return zeroPoints;
  }

  /// Widens the next rows.
  ///
  /// @param codes of these rows, one a byte
  /// @param given scales of all rows
  /// @param minima of all rows; those of these rows are replaced by what is left of them
  /// @return the codes of these rows and their digits, one a byte
  byte[] widen(byte[] codes, float[] given, float[] minima) {
    int columns = groups * group;
    byte[] wide = new byte[codes.length / columns * blocks * group];
    for (int from = 0, to = 0; from < codes.length; from += columns, to += blocks * group) {
      System.arraycopy(codes, from, wide, to, columns);
      System.arraycopy(given, row * groups, scales, row * blocks, groups);
      double[] left = takeZeroPoints(minima);
      for (int digit = 0, block = groups; digit < digits; digit++) {
        for (int first = 0; first < left.length; first += group, block++) {
          takeDigit(left, first, block, wide, to + block * group);
        }
      }
      for (int g = 0; g < groups; g++) {
        minima[row * groups + g] = (float) left[g];
      }
      row++;
    }
    return wide;
  }

  private double[] takeZeroPoints(float[] minima) {
    double[] left = new double[sums(group, groups)];
    for (int g = 0; g < groups; g++) {
      double scale = scales[row * blocks + g];
      double minimum = minima[row * groups + g];
      long zero = scale == 0 ? centre : Math.round(centre - minimum / scale);
      int zeroPoint = Math.clamp(zero, 0, 2 * centre - 1);
      zeroPoints[row * zeroPointsARow + g] = (byte) zeroPoint;
      left[g] = minimum + scale * (zeroPoint - centre);
    }
    return left;
  }

  private void takeDigit(double[] left, int first, int block, byte[] wide, int to) {
    double largest = 0;
    for (int i = first; i < first + group; i++) {
      largest = Math.max(largest, Math.abs(left[i]));
    }
    float scale = (float) (largest / (centre - 0.5));
    scales[row * blocks + block] = scale;
    zeroPoints[row * zeroPointsARow + block] = (byte) centre;
    for (int i = 0; i < group; i++) {
      double value = left[first + i];
      int digit = scale == 0 ? 0 : Math.clamp(Math.round(value / scale), -centre, centre - 1);
      left[first + i] = value - (double) digit * scale;
      wide[to + i] = (byte) (digit + centre);
    }
  }
}
