package dev.promptls.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.promptls.lab.Json;
import dev.promptls.model.ModelException;
import dev.promptls.model.settings.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The default model, pulled into the user's cache if it is not there, against what llama.cpp gives
/// for exact arithmetic on the same weights; and the gallery on it.
class DefaultModelTest {
  private static final Path ROOT = Path.of(System.getProperty("promptls.root", "../.."));

  /// Rounding may turn the choice between tokens that are nearly as likely as each other.
  private static final double EXACT_MARGIN = 0.01;

  private static final double FAST_MARGIN = 0.6;

  private static Path home() throws ModelException {
    return Platform.current(System.getenv()).cache();
  }

  private static List<JsonObject> reference() throws IOException {
    return Files.readAllLines(Path.of("src/test/resources/smollm2-135m-instruct.jsonl")).stream()
        .map(line -> Json.parse(line).getAsJsonObject())
        .toList();
  }

  @Test
  @DisabledIfSystemProperty(named = "promptls.offline", matches = "true")
  void exact_scores_are_those_of_the_reference() throws Exception {
    assertEquals(0, meanDifference(true), 0.002);
  }

  @Test
  @DisabledIfSystemProperty(named = "promptls.offline", matches = "true")
  void default_scores_are_near_those_of_the_reference() throws Exception {
    assertEquals(0, meanDifference(false), 0.08);
  }

  private static double meanDifference(boolean exact) throws Exception {
    List<JsonObject> reference = reference();
    List<JsonObject> answers = ask("score", Map.of("exact", exact), reference);
    double sum = 0;
    int count = 0;
    double ours = 0;
    double theirs = 0;
    for (int i = 0; i < reference.size(); i++) {
      JsonArray expected = reference.get(i).getAsJsonArray("logprobs");
      JsonArray actual = answers.get(i).getAsJsonArray("logprobs");
      assertEquals(expected.size(), actual.size());
      for (int j = 0; j < expected.size(); j++, count++) {
        sum += Math.abs(expected.get(j).getAsDouble() - actual.get(j).getAsDouble());
        ours += actual.get(j).getAsDouble();
        theirs += expected.get(j).getAsDouble();
      }
    }
    assertEquals(1, ours / theirs, 0.01);
    return sum / count;
  }

  @Test
  @DisabledIfSystemProperty(named = "promptls.offline", matches = "true")
  void exact_answers_are_those_of_the_reference() throws Exception {
    compareAnswers(reference().subList(0, 8), true, EXACT_MARGIN);
  }

  @Test
  @DisabledIfSystemProperty(named = "promptls.offline", matches = "true")
  void default_answers_are_those_of_the_reference_where_it_is_sure() throws Exception {
    compareAnswers(reference(), false, FAST_MARGIN);
  }

  private static void compareAnswers(List<JsonObject> reference, boolean exact, double margin)
      throws Exception {
    List<JsonObject> answers = ask("complete", Map.of("exact", exact, "maxTokens", 32), reference);
    for (int i = 0; i < reference.size(); i++) {
      JsonArray margins = reference.get(i).getAsJsonArray("greedy_margin");
      int sure = 0;
      while (sure < margins.size() && margins.get(sure).getAsDouble() >= margin) {
        sure++;
      }
      assertEquals(
          first(reference.get(i).getAsJsonArray("greedy_ids"), sure),
          first(answers.get(i).getAsJsonArray("ids"), sure),
          reference.get(i).get("kind").getAsString());
    }
  }

  private static List<JsonElement> first(JsonArray ids, int count) {
    return ids.asList().subList(0, count);
  }

  @Test
  @DisabledIfSystemProperty(named = "promptls.offline", matches = "true")
  void an_answer_is_the_same_with_and_without_a_cached_prefix() throws Exception {
    JsonObject prompt = reference().getFirst();
    List<JsonObject> answers =
        ask("complete", Map.of("maxTokens", 24), List.of(prompt, prompt, prompt));
    assertEquals(0, cached(answers.getFirst()));
    assertTrue(cached(answers.getLast()) > 0);
    assertEquals(answers.getFirst().get("ids"), answers.getLast().get("ids"));
  }

  private static int cached(JsonObject answer) {
    return answer.getAsJsonObject("usage").get("cachedTokens").getAsInt();
  }

  static Stream<Path> gallery() throws IOException {
    try (Stream<Path> files = Files.walk(ROOT.resolve("prompts"))) {
      return files.filter(file -> file.toString().endsWith(".prompt")).sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("gallery")
  @DisabledIfSystemProperty(named = "promptls.offline", matches = "true")
  void every_prompt_of_the_gallery_runs_as_it_stands(Path prompt) throws Exception {
    CommandRun run = CommandRun.of(home(), "", "run", prompt.toString(), "--json");
    assertEquals(0, run.code(), run.err());
    JsonObject result = Json.parse(run.out()).getAsJsonObject();
    assertFalse(result.get("output").getAsString().isBlank());
    CommandRun count = CommandRun.of(home(), "", "count", prompt.toString(), "--json");
    assertEquals(
        result.getAsJsonObject("usage").get("promptTokens").getAsInt(),
        Json.parse(count.out())
            .getAsJsonObject()
            .getAsJsonArray("files")
            .get(0)
            .getAsJsonObject()
            .get("tokens")
            .getAsInt());
  }

  /// One answer a line for the ids of each reference text.
  private static List<JsonObject> ask(
      String command, Map<String, Object> more, List<JsonObject> reference) throws ModelException {
    StringBuilder requests = new StringBuilder();
    for (JsonObject text : reference) {
      JsonObject request = new JsonObject();
      request.add("ids", text.get("ids"));
      more.forEach((name, value) -> request.add(name, Json.tree(value)));
      requests.append(request).append('\n');
    }
    CommandRun run = CommandRun.of(home(), requests.toString(), command, "--jsonl");
    assertEquals(0, run.code(), run.err());
    List<JsonObject> answers = new ArrayList<>();
    for (String line : run.out().strip().split("\n", -1)) {
      answers.add(Json.parse(line).getAsJsonObject());
    }
    assertEquals(reference.size(), answers.size(), run.err());
    return answers;
  }
}
