package dev.promptls.model.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.promptls.model.Cancellation;
import dev.promptls.model.Input;
import dev.promptls.model.Lane;
import dev.promptls.model.ModelException;
import dev.promptls.model.ScoreRequest;
import dev.promptls.model.web.FaultyServer;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RemoteScoreTest {
  private static final String JSON = "application/json";

  private static List<Double> scores(String text, FaultyServer.Handler handler) throws Exception {
    try (FaultyServer server = new FaultyServer(handler);
        RemoteModel model = RemoteModelTest.model(server)) {
      return model
          .score(new ScoreRequest(new Input.Text(text), false, 0, Lane.COMMAND), new Cancellation())
          .logprobs();
    }
  }

  @Test
  void anEchoedPromptIsScored() throws Exception {
    String reply =
        """
        {"choices": [{"text": "a b c", "logprobs": {"tokens": ["a", " b", " c"],
          "token_logprobs": [null, -1.5, -0.25], "text_offset": [0, 1, 3]}}]}
        """;
    assertEquals(List.of(-1.5), scores("a b", (_, wire) -> wire.reply(200, JSON, reply)));
  }

  @Test
  void anEchoThatIsAPlaceLateIsSetRight() throws Exception {
    String reply =
        """
        {"choices": [{"text": "a b c", "logprobs": {"tokens": ["a", " b"],
          "token_logprobs": [-3.0, -9.0],
          "top_logprobs": [{" b": -0.5, "a": -3.0}, {" c": -0.1, " b": -9.0}]}}]}
        """;
    String probed =
        """
        {"choices": [{"text": "one two three four x", "logprobs": {"tokens": ["one two three four"],
          "token_logprobs": [null], "top_logprobs": [null]}}]}
        """;
    FaultyServer.Handler handler =
        (request, wire) ->
            wire.reply(200, JSON, request.body().contains("\"prompt\":\"a b\"") ? reply : probed);
    assertEquals(List.of(-0.5), scores("a b", handler));
  }

  @Test
  void aServerWithoutEchoIsToldApart() throws Exception {
    String reply = "{\"choices\":[{\"text\":\" c\",\"logprobs\":null}]}";
    ModelException e =
        assertThrows(
            ModelException.class, () -> scores("a b", (_, wire) -> wire.reply(200, JSON, reply)));
    assertTrue(
        String.valueOf(e.getMessage()).contains("does not give the log-probabilities"),
        e.getMessage());
  }
}
