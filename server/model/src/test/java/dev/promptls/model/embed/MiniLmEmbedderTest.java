package dev.promptls.model.embed;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.promptls.model.Embedder;
import dev.promptls.model.ModelException;
import dev.promptls.model.tokens.NativeLibraries;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MiniLmEmbedderTest {
  @TempDir static Path folder;
  private static Embedder embedder;

  @BeforeAll
  static void open() throws ModelException {
    NativeLibraries.unpackInto(Path.of("target/native"));
    embedder = MiniLmEmbedder.open(folder, 1);
  }

  @AfterAll
  static void close() {
    embedder.close();
  }

  private static double cosine(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  @Test
  void textsOfNearMeaningAreNearer() throws Exception {
    List<float[]> vectors =
        embedder.embed(
            List.of(
                "The film was wonderful.",
                "I loved this movie.",
                "Add the two numbers and return the sum.",
                "Compute a + b."));
    double films = cosine(vectors.get(0), vectors.get(1));
    double sums = cosine(vectors.get(2), vectors.get(3));
    assertTrue(films > 0.5, "films: " + films);
    for (int film = 0; film < 2; film++) {
      for (int sum = 2; sum < 4; sum++) {
        double across = cosine(vectors.get(film), vectors.get(sum));
        assertTrue(across < Math.min(films, sums), "across: " + across);
      }
    }
  }

  @Test
  void vectorsHaveLengthOne() throws Exception {
    for (float[] vector : embedder.embed(List.of("a", "", "word ".repeat(2_000), "🎉"))) {
      assertEquals(embedder.dimensions(), vector.length);
      assertEquals(1, cosine(vector, vector), 1e-5);
    }
  }

  @Test
  void aTextHasTheSameVectorAloneAndAmongOthers() throws Exception {
    String text = "Zero-shot prompts have no examples.";
    List<String> many = List.of("short", text, "a much longer text ".repeat(10), text);
    List<float[]> together = embedder.embed(many);
    assertArrayEquals(together.get(1), together.get(3));
    assertArrayEquals(embedder.embed(List.of(text)).getFirst(), together.get(1));
  }

  @Test
  void noTextsGiveNoVectors() throws Exception {
    assertEquals(List.of(), embedder.embed(List.of()));
  }

  @Test
  void aClosedEmbedderSaysSo() throws Exception {
    Embedder other = MiniLmEmbedder.open(folder, 1);
    other.close();
    other.close();
    assertThrows(ModelException.class, () -> other.embed(List.of("a")));
  }
}
