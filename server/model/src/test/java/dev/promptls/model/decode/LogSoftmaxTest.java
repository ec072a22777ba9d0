package dev.promptls.model.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogSoftmaxTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 63, 64, 65, 50_000})
  void agreesWithDoubleArithmetic(int vocabulary) {
    LogSoftmax softmax = new LogSoftmax(vocabulary);
    Random random = new Random(vocabulary);
    for (double spread : new double[] {0, 1e-3, 1, 10, 100, 1e4}) {
      float[] logits = new float[vocabulary];
      for (int i = 0; i < vocabulary; i++) {
        logits[i] = (float) (random.nextGaussian() * spread);
      }
      double expected = reference(logits);
      assertEquals(expected, softmax.logSumExp(logits), 1e-6, "spread " + spread);
    }
  }

  @ParameterizedTest
  @ValueSource(floats = {0, -1e30f, 1e30f, Float.NEGATIVE_INFINITY})
  void excludedTokensAddNothing(float best) {
    float[] logits = {Float.NEGATIVE_INFINITY, 2, Float.NEGATIVE_INFINITY, best};
    assertEquals(reference(logits), new LogSoftmax(4).logSumExp(logits), 1e-6);
  }

  private static double reference(float[] logits) {
    double max = Double.NEGATIVE_INFINITY;
    for (float logit : logits) {
      max = Math.max(max, logit);
    }
    double sum = 0;
    for (float logit : logits) {
      sum += Math.exp(logit - max);
    }
    return max + Math.log(sum);
  }
}
