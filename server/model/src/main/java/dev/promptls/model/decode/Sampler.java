package dev.promptls.model.decode;

import dev.promptls.model.Sampling;
import dev.promptls.model.TokenIds;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.BitSet;
import java.util.SplittableRandom;

/// Chooses the next token: bias and repetition penalty first, then top-k, top-p, min-p and
/// temperature, the order of llama.cpp. For one answer.
final class Sampler {
  private final Sampling sampling;
  private final SplittableRandom random;
  private final BitSet seen = new BitSet();
  private float[] logits = {};

  Sampler(Sampling sampling, TokenIds prompt) {
    this.sampling = sampling;
    random = new SplittableRandom(sampling.seed());
    if (sampling.repetitionPenalty() != 1) {
      for (int i = 0; i < prompt.size(); i++) {
        seen.set(prompt.get(i));
      }
    }
  }

  /// @param row which of the rows `[rows, vocabulary]`
  int next(FloatBuffer rows, int row, int vocabulary) {
    if (logits.length != vocabulary) {
      logits = new float[vocabulary];
    }
    rows.get(row * vocabulary, logits);
    adjust();
    int id = sampling.temperature() <= 0 ? argmax(logits) : sample();
    if (sampling.repetitionPenalty() != 1) {
      seen.set(id);
    }
    return id;
  }

  private void adjust() {
    float penalty = (float) sampling.repetitionPenalty();
    seen.stream()
        .filter(id -> id < logits.length)
        .forEach(id -> logits[id] = logits[id] > 0 ? logits[id] / penalty : logits[id] * penalty);
    sampling
        .logitBias()
        .forEach((id, bias) -> {
          if (id >= 0 && id < logits.length) {
            logits[id] += bias.floatValue();
          }
        });
  }

  /// The likeliest token; the first of several. In two passes, because the JIT compiler turns the
  /// first into vector instructions.
  static int argmax(float[] logits) {
    float max = Float.NEGATIVE_INFINITY;
    for (float logit : logits) {
      max = Math.max(max, logit);
    }
    int id = 0;
    while (id < logits.length - 1 && logits[id] != max) {
      id++;
    }
    return id;
  }

  private int sample() {
    int[] candidates = byLikelihood(logits);
    int count = candidates.length;
    if (sampling.topK() > 0) {
      count = Math.min(count, sampling.topK());
    }
    double[] weights = weights(candidates, count, 1);
    double least = weights[0] * sampling.minP();
    double total = Arrays.stream(weights).sum();
    double sum = 0;
    int kept = 0;
    while (kept < count
        && (kept == 0 || (sum < sampling.topP() * total && weights[kept] >= least))) {
      sum += weights[kept++];
    }
    weights = weights(candidates, kept, sampling.temperature());
    double at = random.nextDouble() * Arrays.stream(weights).sum();
    for (int i = 0; i < kept; i++) {
      at -= weights[i];
      if (at < 0) {
        return candidates[i];
      }
    }
    return candidates[kept - 1];
  }

  private double[] weights(int[] candidates, int count, double temperature) {
    double[] weights = new double[count];
    float best = logits[candidates[0]];
    for (int i = 0; i < count; i++) {
      weights[i] = Math.exp((logits[candidates[i]] - best) / temperature);
    }
    return weights;
  }

  /// All ids, the likeliest first; equal ones in order of their number.
  static int[] byLikelihood(float[] logits) {
    long[] keys = new long[logits.length];
    for (int id = 0; id < logits.length; id++) {
      int bits = Float.floatToIntBits(logits[id]);
      // Orders floats as integers, then turns the order round.
      int ordered = ~(bits < 0 ? ~bits : bits | Integer.MIN_VALUE);
      keys[id] = Integer.toUnsignedLong(ordered) << 32 | id;
    }
    Arrays.sort(keys);
    int[] ids = new int[keys.length];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = (int) keys[i];
    }
    return ids;
  }
}
