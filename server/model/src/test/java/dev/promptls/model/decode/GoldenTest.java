package dev.promptls.model.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.promptls.model.Cancellation;
import dev.promptls.model.GenerateRequest;
import dev.promptls.model.Generation;
import dev.promptls.model.Input;
import dev.promptls.model.Lane;
import dev.promptls.model.Score;
import dev.promptls.model.ScoreRequest;
import dev.promptls.model.TokenIds;
import dev.promptls.model.TokenSink;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The engine against values of llama.cpp on several architectures and quantisations.
class GoldenTest {
  private static final Path GOLDENS = Path.of("src/test/resources/gguf");

  @TempDir static Path folder;

  static Stream<String> models() throws Exception {
    return Stream.concat(
        Files.readAllLines(GOLDENS.resolve("goldens.jsonl")).stream(),
        Files.readAllLines(GOLDENS.resolve("tiny-goldens.jsonl")).stream());
  }

  @ParameterizedTest(name = "{index}")
  @MethodSource("models")
  void givesTheProbabilitiesAndAnswersOfTheReference(String line) throws Exception {
    JsonObject golden = JsonParser.parseString(line).getAsJsonObject();
    Optional<Path> file = TestModels.find(golden.get("file").getAsString());
    Assumptions.assumeTrue(file.isPresent(), "the model is not at hand");
    try (Engine engine = TestModels.open(file.get(), folder, 1)) {
      Agreement agreement = new Agreement();
      for (JsonElement element : golden.getAsJsonArray("prompts")) {
        JsonObject prompt = element.getAsJsonObject();
        String where = golden.get("file") + " " + prompt.get("kind");
        TokenIds ids = ids(prompt.getAsJsonArray("ids"));
        Score exact = score(engine, ids, true, 10);
        assertEquals(0, meanDifference(exact, prompt), 1e-4, where);
        assertTopDifferences(exact, prompt, where);
        assertEquals(
            ids(prompt.getAsJsonArray("greedy_ids")), greedy(engine, ids, 16).ids(), where);
        assertEquals(0, meanDifference(score(engine, ids, false, 0), prompt), 0.12, where);
        agreement.add(engine, ids, ids(prompt.getAsJsonArray("greedy_ids")));
      }
      assertTrue(agreement.share() >= 0.9, golden.get("file") + ": " + agreement.share());
    }
  }

  /// How often the fast arithmetic prefers the token that the reference chose.
  private static final class Agreement {
    private int equal;
    private int all;

    void add(Engine engine, TokenIds prompt, TokenIds greedy) throws Exception {
      Score forced = score(engine, prompt.plus(greedy), false, 1);
      for (int i = 0; i < greedy.size(); i++, all++) {
        if (forced.top().get(prompt.size() - 1 + i).getFirst().id() == greedy.get(i)) {
          equal++;
        }
      }
    }

    double share() {
      return (double) equal / all;
    }
  }

  private static void assertTopDifferences(Score score, JsonObject prompt, String where) {
    // Logits are known up to a constant, so it is their differences that are compared.
    JsonArray top = prompt.getAsJsonArray("logits_last_top10");
    List<Score.Likely> ours = score.top().getLast();
    double first = top.get(0).getAsJsonArray().get(1).getAsDouble();
    for (int i = 0; i < top.size(); i++) {
      JsonArray pair = top.get(i).getAsJsonArray();
      assertEquals(pair.get(0).getAsInt(), ours.get(i).id(), where);
      assertEquals(
          pair.get(1).getAsDouble() - first,
          ours.get(i).logprob() - ours.getFirst().logprob(),
          2e-3,
          where);
    }
  }

  private static double meanDifference(Score score, JsonObject prompt) {
    JsonArray expected = prompt.getAsJsonArray("logprobs");
    assertEquals(expected.size(), score.logprobs().size());
    double sum = 0;
    for (int i = 0; i < expected.size(); i++) {
      sum += Math.abs(expected.get(i).getAsDouble() - score.logprobs().get(i));
    }
    return expected.isEmpty() ? 0 : sum / expected.size();
  }

  private static Score score(Engine engine, TokenIds ids, boolean exact, int top) throws Exception {
    return engine.score(
        new ScoreRequest(new Input.Ids(ids), exact, top, Lane.COMMAND), new Cancellation());
  }

  private static Generation greedy(Engine engine, TokenIds ids, int tokens) throws Exception {
    return engine.generate(
        GenerateRequest.greedy(new Input.Ids(ids), tokens, Lane.COMMAND)
            .ignoringEnd()
            .withExact(true),
        TokenSink.NONE,
        new Cancellation());
  }

  private static TokenIds ids(JsonArray array) {
    int[] ids = new int[array.size()];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = array.get(i).getAsInt();
    }
    return TokenIds.of(ids);
  }
}
