package dev.promptls.model.decode;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.promptls.model.Sampling;
import dev.promptls.model.TokenIds;
import java.nio.FloatBuffer;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SamplerTest {
  /// Probabilities 0.5, 0.25, 0.15 and 0.1, not in order.
  private static final float[] LOGITS = {ln(0.15), ln(0.5), ln(0.1), ln(0.25)};

  private static final Sampling WARM = Sampling.GREEDY.withTemperature(1);

  private static float ln(double probability) {
    return (float) Math.log(probability);
  }

  private static int[] draw(Sampling sampling, int count) {
    Sampler sampler = new Sampler(sampling, TokenIds.EMPTY);
    return IntStream.range(0, count)
        .map(i -> sampler.next(FloatBuffer.wrap(LOGITS), 0, LOGITS.length))
        .toArray();
  }

  private static Set<Integer> drawn(Sampling sampling) {
    Set<Integer> ids = new HashSet<>();
    IntStream.of(draw(sampling, 2000)).forEach(ids::add);
    return ids;
  }

  @Test
  void theSameSeedGivesTheSameTokens() {
    assertArrayEquals(draw(WARM.withSeed(7), 100), draw(WARM.withSeed(7), 100));
    assertNotEquals(
        IntStream.of(draw(WARM.withSeed(7), 100)).boxed().toList(),
        IntStream.of(draw(WARM.withSeed(8), 100)).boxed().toList());
  }

  @Test
  void tokensComeAsOftenAsTheyAreLikely() {
    int[] counts = new int[4];
    for (int id : draw(WARM, 20_000)) {
      counts[id]++;
    }
    double[] expected = {0.15, 0.5, 0.1, 0.25};
    for (int id = 0; id < 4; id++) {
      assertEquals(expected[id], counts[id] / 20_000.0, 0.015);
    }
  }

  @Test
  void aLowTemperatureComesNearTheLikeliest() {
    assertEquals(Set.of(1), drawn(WARM.withTemperature(0.01)));
    assertEquals(Set.of(1), drawn(WARM.withTemperature(1e-300)));
    assertEquals(Set.of(1), drawn(Sampling.GREEDY));
  }

  @Test
  void topKKeepsTheLikeliest() {
    assertEquals(Set.of(1), drawn(new Sampling(1, 1, 1, 0, 1, 0, Map.of())));
    assertEquals(Set.of(1, 3, 0), drawn(new Sampling(1, 3, 1, 0, 1, 0, Map.of())));
    assertEquals(Set.of(0, 1, 2, 3), drawn(new Sampling(1, 99, 1, 0, 1, 0, Map.of())));
  }

  @Test
  void topPKeepsTheFewestThatReachIt() {
    assertEquals(Set.of(1), drawn(new Sampling(1, 0, 0.4, 0, 1, 0, Map.of())));
    assertEquals(Set.of(1, 3), drawn(new Sampling(1, 0, 0.6, 0, 1, 0, Map.of())));
    assertEquals(Set.of(1, 3, 0), drawn(new Sampling(1, 0, 0.8, 0, 1, 0, Map.of())));
    assertEquals(Set.of(1), drawn(new Sampling(1, 0, 0, 0, 1, 0, Map.of())));
  }

  @Test
  void minPKeepsTheTokensNearTheLikeliest() {
    assertEquals(Set.of(1, 3), drawn(new Sampling(1, 0, 1, 0.4, 1, 0, Map.of())));
    assertEquals(Set.of(1), drawn(new Sampling(1, 0, 1, 1, 1, 0, Map.of())));
  }

  @Test
  void aBiasDecides() {
    assertEquals(Set.of(2), drawn(new Sampling(0, 0, 1, 0, 1, 0, Map.of(2, 100.0))));
    assertEquals(Set.of(3), drawn(new Sampling(0, 0, 1, 0, 1, 0, Map.of(1, -100.0))));
    assertEquals(Set.of(1), drawn(new Sampling(0, 0, 1, 0, 1, 0, Map.of(-1, 9.0, 99, 9.0))));
  }

  @Test
  void aPenaltyMovesOnFromWhatWasSeen() {
    Sampling sampling = new Sampling(0, 0, 1, 0, 10, 0, Map.of());
    Sampler sampler = new Sampler(sampling, TokenIds.of(1));
    FloatBuffer logits = FloatBuffer.wrap(LOGITS);
    assertEquals(3, sampler.next(logits, 0, 4));
    assertEquals(0, sampler.next(logits, 0, 4));
    Sampler positive = new Sampler(sampling, TokenIds.of(0));
    assertEquals(1, positive.next(FloatBuffer.wrap(new float[] {5, 1}), 0, 2));
  }

  @Test
  void readsTheRowThatWasAskedFor() {
    Sampler sampler = new Sampler(Sampling.GREEDY, TokenIds.EMPTY);
    assertEquals(0, sampler.next(FloatBuffer.wrap(new float[] {1, 2, 2, 1}), 1, 2));
  }
}
