package dev.promptls.lsp.feature;

import dev.promptls.lsp.session.Document;
import dev.promptls.lsp.session.ModelDesk;
import dev.promptls.model.Cancellation;
import dev.promptls.model.GenerateRequest;
import dev.promptls.model.Input;
import dev.promptls.model.Lane;
import dev.promptls.model.LanguageModel;
import dev.promptls.model.ModelException;
import dev.promptls.model.Sampling;
import dev.promptls.model.TokenSink;
import org.jspecify.annotations.Nullable;

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
    try (ModelDesk.Lease models = moment.desk().lease()) {
      LanguageModel model = model(models, document, moment, stop);
      if (model == null) {
        return "";
      }
      GenerateRequest request =
          GenerateRequest.greedy(
                  new Input.Text(context.prefix()),
                  moment.snapshot().settings().inlineTokens(),
                  Lane.TYPING)
              .withSampling(sampling)
              .withStop(context.stop());
      return context.fit(model.generate(request, TokenSink.NONE, stop).text());
    }
  }

  private static @Nullable LanguageModel model(
      ModelDesk.Lease models, Document document, Moment moment, Cancellation stop) {
    try {
      return models.atHand(models.handle(moment.snapshot(), document), stop);
    } catch (ModelException none) {
      // Whoever types has not asked for a model, so that there is none is no news.
      return null;
    }
  }
}
