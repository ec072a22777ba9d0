package dev.promptls.lab.run;

import dev.promptls.model.Cancellation;
import dev.promptls.model.Generation;
import dev.promptls.model.LanguageModel;
import dev.promptls.model.ModelException;
import dev.promptls.model.TokenSink;
import dev.promptls.prompt.render.RenderResult;

/// Puts a rendered prompt to a model.
public final class PromptRunner {
  private PromptRunner() {}

  /// Runs a prompt once.
  ///
  /// @param sink takes the answer as it grows
  /// @throws ModelException if the prompt cannot be sent, or the model fails
  public static RunResult run(
      RenderResult rendered,
      RunOptions options,
      LanguageModel model,
      TokenSink sink,
      Cancellation cancellation)
      throws ModelException {
    Generation answer =
        model.generate(
            Decoding.request(rendered, options, Decoding.DEFAULT_MAX_TOKENS), sink, cancellation);
    return new RunResult(
        model.info().name(),
        Conversation.asRendered(rendered),
        answer.prompt(),
        answer.text(),
        answer.finish(),
        answer.usage(),
        answer.timing());
  }
}
