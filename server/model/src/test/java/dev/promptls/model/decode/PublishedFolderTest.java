package dev.promptls.model.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.promptls.model.Cancellation;
import dev.promptls.model.ChatMessage;
import dev.promptls.model.GenerateRequest;
import dev.promptls.model.Generation;
import dev.promptls.model.Input;
import dev.promptls.model.Lane;
import dev.promptls.model.LanguageModel.BatchSink;
import dev.promptls.model.ModelInfo;
import dev.promptls.model.Score;
import dev.promptls.model.ScoreRequest;
import dev.promptls.model.TokenIds;
import dev.promptls.model.TokenSink;
import dev.promptls.model.onnx.ModelFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Folders as others publish them, against what ONNX Runtime gives in Python for the whole sequence
/// at once. `src/test/python/published_models.py` made the folders and the values.
class PublishedFolderTest {
  private static final Path FOLDERS = Path.of("src/test/resources/published");

  /// Float and float16.
  private static double tolerance(String name) {
    return name.equals("genai") ? 0.05 : 1e-4;
  }

  private static Engine open(String name) throws Exception {
    return Engine.open(ModelFolder.open(FOLDERS.resolve(name)), EngineSettings.withThreads(1));
  }

  private static JsonObject golden(String name) throws Exception {
    return JsonParser.parseString(Files.readString(FOLDERS.resolve(name).resolve("golden.json")))
        .getAsJsonObject();
  }

  @ParameterizedTest
  @ValueSource(strings = {"optimum", "genai"})
  void scoresAsTheReference(String name) throws Exception {
    JsonObject golden = golden(name);
    try (Engine engine = open(name)) {
      Score score =
          engine.score(
              new ScoreRequest(
                  new Input.Text(golden.get("text").getAsString()), false, 2, Lane.COMMAND),
              new Cancellation());
      assertEquals(ids(golden.getAsJsonArray("ids")), score.ids());
      JsonArray logprobs = golden.getAsJsonArray("logprobs");
      assertEquals(logprobs.size(), score.logprobs().size());
      for (int i = 0; i < logprobs.size(); i++) {
        assertEquals(logprobs.get(i).getAsDouble(), score.logprobs().get(i), tolerance(name));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"optimum", "genai"})
  void answersAsTheReferenceWhateverWasCached(String name) throws Exception {
    JsonObject golden = golden(name);
    TokenIds prompt = ids(golden.getAsJsonArray("ids"));
    TokenIds expected = ids(golden.getAsJsonArray("greedy_ids"));
    try (Engine engine = open(name)) {
      assertEquals(expected, greedy(engine, prompt).ids());
      // Another prompt with the same beginning rewinds the cache, the first one does so again.
      TokenIds other = prompt.slice(0, 20).plus(TokenIds.of(70, 71, 72, 73));
      Generation afresh = greedy(engine, other);
      assertTrue(afresh.usage().cachedTokens() > 0);
      Generation again = greedy(engine, prompt);
      assertTrue(again.usage().cachedTokens() > 0);
      assertEquals(expected, again.ids());
      try (Engine cold = open(name)) {
        assertEquals(greedy(cold, other).ids(), afresh.ids());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"optimum", "genai"})
  void answersABatchAsOneByOne(String name) throws Exception {
    TokenIds prompt = ids(golden(name).getAsJsonArray("ids"));
    List<TokenIds> prompts =
        IntStream.range(0, 5).mapToObj(i -> prompt.slice(0, 10 + 4 * i)).toList();
    try (Engine engine = open(name);
        Engine single = open(name)) {
      List<Generation> batch =
          engine.generateAll(
              prompts.stream().map(PublishedFolderTest::request).toList(),
              BatchSink.NONE,
              new Cancellation());
      List<TokenIds> alone = new ArrayList<>();
      for (TokenIds each : prompts) {
        alone.add(greedy(single, each).ids());
      }
      assertEquals(alone, batch.stream().map(Generation::ids).toList());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"optimum", "genai"})
  void goesOnFromChunkToChunk(String name) throws Exception {
    TokenIds prompt = ids(golden(name).getAsJsonArray("ids"));
    TokenIds answer = ids(golden(name).getAsJsonArray("greedy_ids"));
    TokenIds filler = prompt.plus(prompt).plus(prompt);
    try (Engine engine = open(name)) {
      // A score takes 64 tokens a step, a prompt 256: two ways to the same values.
      Score score =
          engine.score(
              new ScoreRequest(new Input.Ids(filler.plus(answer)), false, 1, Lane.COMMAND),
              new Cancellation());
      int likeliest = score.top().get(filler.size() - 1).getFirst().id();
      assertEquals(likeliest, greedy(engine, filler).ids().get(0));
    }
  }

  @Test
  void readsWhatTransformersWrites() throws Exception {
    ModelFolder folder = ModelFolder.open(FOLDERS.resolve("optimum"));
    ModelInfo info = folder.info();
    assertEquals("optimum", info.name());
    assertEquals("llama", info.architecture());
    assertEquals(256, info.contextWindow());
    assertEquals(259, info.vocabularySize());
    assertEquals("<|im_start|>", info.startToken());
    assertEquals("<|im_end|>", info.endToken());
    assertEquals(Set.of(0, 2), folder.vocabulary().endIds());
    assertTrue(folder.vocabulary().startId().isEmpty());
  }

  @Test
  void readsWhatGenaiWrites() throws Exception {
    ModelFolder folder = ModelFolder.open(FOLDERS.resolve("genai"));
    assertEquals(256, folder.info().contextWindow());
    assertEquals(259, folder.info().vocabularySize());
    assertEquals(Set.of(0, 2), folder.vocabulary().endIds());
  }

  @ParameterizedTest
  @ValueSource(strings = {"optimum", "genai"})
  void conversesByTheTemplateOfTheFolder(String name) throws Exception {
    try (Engine engine = open(name)) {
      Generation answer =
          engine.generate(
              GenerateRequest.greedy(
                      new Input.Chat(List.of(new ChatMessage("user", "Hi"))), 2, Lane.COMMAND)
                  .ignoringEnd(),
              TokenSink.NONE,
              new Cancellation());
      assertEquals("<|im_start|>user\nHi<|im_end|>\n<|im_start|>assistant\n", answer.prompt());
    }
  }

  private static Generation greedy(Engine engine, TokenIds prompt) throws Exception {
    return engine.generate(request(prompt), TokenSink.NONE, new Cancellation());
  }

  private static GenerateRequest request(TokenIds prompt) {
    return GenerateRequest.greedy(new Input.Ids(prompt), 12, Lane.COMMAND).ignoringEnd();
  }

  private static TokenIds ids(JsonArray array) {
    return TokenIds.of(array.asList().stream().mapToInt(each -> each.getAsInt()).toArray());
  }
}
