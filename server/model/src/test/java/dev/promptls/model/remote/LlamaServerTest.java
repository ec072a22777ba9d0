package dev.promptls.model.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.promptls.model.Cancellation;
import dev.promptls.model.ChatMessage;
import dev.promptls.model.Finish;
import dev.promptls.model.GenerateRequest;
import dev.promptls.model.Generation;
import dev.promptls.model.Input;
import dev.promptls.model.Lane;
import dev.promptls.model.LanguageModel;
import dev.promptls.model.ModelException;
import dev.promptls.model.Score;
import dev.promptls.model.ScoreRequest;
import dev.promptls.model.TokenSink;
import dev.promptls.model.settings.Endpoint;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Against llama-cpp-python's server with the default model, where one runs: see
/// `server/bench/llama-server.sh`. Its address is given by the property `promptls.llamaServer`.
final class LlamaServerTest {
  private static final GenerateRequest CHAT =
      GenerateRequest.greedy(
          new Input.Chat(List.of(new ChatMessage("user", "Name three colors."))), 24, Lane.COMMAND);

  private RemoteModel model;

  @BeforeEach
  void connect() throws ModelException {
    String address = System.getProperty("promptls.llamaServer", "");
    assumeTrue(!address.isEmpty(), "promptls.llamaServer is not set");
    model = new RemoteModel(new Endpoint("llama", URI.create(address), "", null, null), Map.of());
  }

  @AfterEach
  void disconnect() {
    if (model != null) {
      model.close();
    }
  }

  @Test
  void aStreamGivesTheSameAsOneReply() throws Exception {
    StringBuilder streamed = new StringBuilder();
    Generation stream = model.generate(CHAT, streamed::append, new Cancellation());
    Generation whole = model.generate(CHAT, TokenSink.NONE, new Cancellation());
    assertFalse(whole.text().isBlank());
    assertEquals(whole.text(), stream.text());
    assertEquals(whole.text(), streamed.toString());
    assertTrue(whole.usage().promptTokens() > 0 && whole.usage().outputTokens() > 0);
  }

  @Test
  void aCancelledRequestLeavesTheServerFree() throws Exception {
    Cancellation cancellation = new Cancellation();
    GenerateRequest endless =
        GenerateRequest.greedy(new Input.Text("Once upon a time"), 1500, Lane.COMMAND);
    Generation cut = model.generate(endless, _ -> cancellation.cancel(), cancellation);
    assertEquals(Finish.CANCELLED, cut.finish());
    assertFalse(cut.text().isEmpty());
    assertFalse(model.generate(CHAT, TokenSink.NONE, new Cancellation()).text().isBlank());
  }

  @Test
  void aBatchComesInOrder() throws Exception {
    List<GenerateRequest> requests =
        List.of(
            GenerateRequest.greedy(new Input.Text("one two three"), 2, Lane.BATCH),
            GenerateRequest.greedy(new Input.Text("The capital of France is"), 1, Lane.BATCH));
    List<Generation> answers =
        model.generateAll(requests, LanguageModel.BatchSink.NONE, new Cancellation());
    assertEquals(" Paris", answers.getLast().text());
  }

  /// The reference values come from the float weights, hence the tolerance.
  @Test
  void aTextIsScoredAsTheReferenceDoes() throws Exception {
    double[] expected = {
      -6.8071, -6.8891, -5.1156, -3.0684, -6.3633, -0.7964, -1.7149, -9.0298, -1.5647, -0.2399
    };
    Input text = new Input.Text("Review: What a wonderful surprise!\nSentiment:");
    Score score = model.score(new ScoreRequest(text, false, 0, Lane.COMMAND), new Cancellation());
    assertEquals(expected.length, score.logprobs().size());
    double difference = 0;
    for (int i = 0; i < expected.length; i++) {
      difference += Math.abs(expected[i] - score.logprobs().get(i)) / expected.length;
    }
    assertTrue(difference < 0.2, "mean difference " + difference);
  }
}
