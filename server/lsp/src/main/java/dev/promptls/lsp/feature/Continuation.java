package dev.promptls.lsp.feature;

import dev.promptls.lab.ModelHandle;
import dev.promptls.lsp.session.Document;
import dev.promptls.model.Cancellation;
import dev.promptls.model.GenerateRequest;
import dev.promptls.model.Generation;
import dev.promptls.model.Input;
import dev.promptls.model.Lane;
import dev.promptls.model.LanguageModel;
import dev.promptls.model.ModelException;
import dev.promptls.model.Sampling;
import dev.promptls.model.TokenSink;

/// What the model would write behind a place of a prompt: plain text goes on, no conversation.
final class Continuation {
  private Continuation() {}

  /// Empty if there is no model, or it has nothing to say.
  ///
  /// @param stop ends it, also while the model is still being loaded
  /// @throws java.util.concurrent.CancellationException if it was stopped before the model was
  ///   ready
  static String of(
      GhostContext context, Sampling sampling, Document document, Moment moment, Cancellation stop)
      throws ModelException {
    LanguageModel model;
    try {
      ModelHandle handle = moment.desk().handle(moment.snapshot(), document);
      model = moment.desk().atHand(handle, stop);
    } catch (ModelException none) {
      // Whoever types has not asked for a model, so that there is none is no news.
      return "";
    }
    GenerateRequest request =
        GenerateRequest.greedy(
                new Input.Text(context.prefix()),
                moment.snapshot().settings().inlineTokens(),
                Lane.TYPING)
            .withSampling(sampling)
            .withStop(context.stop());
    Generation answer = model.generate(request, TokenSink.NONE, stop);
    return context.fit(answer.text());
  }
}
