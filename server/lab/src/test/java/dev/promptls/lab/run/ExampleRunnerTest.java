package dev.promptls.lab.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.promptls.model.Cancellation;
import dev.promptls.model.Finish;
import dev.promptls.model.GenerateRequest;
import dev.promptls.model.Generation;
import dev.promptls.model.LanguageModel;
import dev.promptls.model.ModelException;
import dev.promptls.model.ModelInfo;
import dev.promptls.model.Score;
import dev.promptls.model.ScoreRequest;
import dev.promptls.model.Timing;
import dev.promptls.model.TokenIds;
import dev.promptls.model.TokenSink;
import dev.promptls.model.Usage;
import dev.promptls.prompt.render.RenderOptions;
import dev.promptls.prompt.shots.AskMode;
import dev.promptls.prompt.syntax.PromptReader;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExampleRunnerTest {
  private static final String EXAMPLES =
      """
      Q: one
      A: 1

      Q: seventeen
      A: 17

      Q:
      """;

  private final Recorder model = new Recorder();

  @Test
  void anAnswerNeedsNoMoreTokensThanTheLongestExampleHasBytes() throws ModelException {
    assertEquals("Q: seventeen\nA: 17".length() + 32, mostTokens(EXAMPLES, RunOptions.DEFAULT));
  }

  @Test
  void whatIsAskedForCounts() throws ModelException {
    assertEquals(7, mostTokens(EXAMPLES, RunOptions.DEFAULT.withMaxTokens(7)));
    String config = "---\nconfig: {maxOutputTokens: 300}\n---\n";
    assertEquals(300, mostTokens(config + EXAMPLES, RunOptions.DEFAULT));
  }

  private int mostTokens(String text, RunOptions options) throws ModelException {
    new ExampleRunner(PromptReader.read("a.prompt", text), RenderOptions.DEFAULT, options, model)
        .ask(0, AskMode.LEAVE_ONE_OUT, TokenSink.NONE, new Cancellation());
    return model.requests.getLast().maxTokens();
  }

  /// Keeps what it is asked, and answers nothing.
  private static final class Recorder implements LanguageModel {
    private final List<GenerateRequest> requests = new ArrayList<>();

    @Override
    public ModelInfo info() {
      return new ModelInfo("recorder", "", "", 0, 0, 0, null, null, null, false);
    }

    @Override
    public Generation generate(GenerateRequest request, TokenSink sink, Cancellation cancellation) {
      requests.add(request);
      return new Generation(
          "", "", TokenIds.EMPTY, Finish.STOP, new Usage(0, 0, 0), new Timing(0, 0, 0, 0));
    }

    @Override
    public List<Generation> generateAll(
        List<GenerateRequest> all, BatchSink sink, Cancellation cancellation) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Score score(ScoreRequest request, Cancellation cancellation) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
  }
}
