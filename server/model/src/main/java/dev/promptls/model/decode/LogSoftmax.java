package dev.promptls.model.decode;

/// Log-probabilities from logits. Written as plain loops over floats, which the JIT compiler turns
/// into vector instructions: a call of `Math.exp` for each of 50,000 logits a token would cost more
/// than the model.
final class LogSoftmax {
  private static final float LOG2_E = 1.442695f;

  /// ln 2 in two parts, so that subtracting multiples of it loses nothing.
  private static final float LN2_HIGH = 0.6933594f;

  private static final float LN2_LOW = -0.00021219444f;

  /// Below this, e^x is no normal float and adds nothing to a sum that contains 1.
  private static final float SMALLEST = -87f;

  private final float[] powers;

  LogSoftmax(int vocabulary) {
    powers = new float[vocabulary];
  }

  /// ln Σ e^x.
  double logSumExp(float[] logits) {
    float max = Float.NEGATIVE_INFINITY;
    for (float logit : logits) {
      max = Math.max(max, logit);
    }
    for (int i = 0; i < logits.length; i++) {
      powers[i] = exp(Math.max(logits[i] - max, SMALLEST));
    }
    return max + Math.log(sum(powers));
  }

  /// e^x for x in [-87, 0], relative error below 2e-7. Source: Cephes, `expf`.
  private static float exp(float x) {
    int n = (int) (x * LOG2_E - 0.5f);
    float r = x - n * LN2_HIGH - n * LN2_LOW;
    float p = 0.00019875691f;
    p = p * r + 0.0013981999f;
    p = p * r + 0.008333452f;
    p = p * r + 0.041665796f;
    p = p * r + 0.16666666f;
    p = p * r + 0.5f;
    p = p * r * r + r + 1;
    return p * Float.intBitsToFloat((n + 127) << 23);
  }

  /// In independent parts, which lose less than one long sum and need not wait for each other.
  private static double sum(float[] values) {
    double total = 0;
    int part = 64;
    for (int from = 0; from < values.length; from += part) {
      float sum = 0;
      int to = Math.min(from + part, values.length);
      for (int i = from; i < to; i++) {
        sum += values[i];
      }
      total += sum;
    }
    return total;
  }
}
