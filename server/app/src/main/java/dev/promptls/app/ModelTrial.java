package dev.promptls.app;

import dev.promptls.lab.Models;
import dev.promptls.model.GenerateRequest;
import dev.promptls.model.Generation;
import dev.promptls.model.Input;
import dev.promptls.model.Lane;
import dev.promptls.model.LanguageModel;
import dev.promptls.model.ModelException;
import dev.promptls.model.TokenSink;
import java.util.Locale;

/// One model, loaded and asked for a few tokens.
final class ModelTrial {
  private static final String NAME = "Model";
  private static final int TOKENS = 4;

  private ModelTrial() {}

  /// What became of it.
  static Finding of(Workbench bench, ModelFlags flags, String name) {
    try (Models models = bench.models(flags)) {
      LanguageModel model = bench.await(models.choose(name, null));
      Generation answer =
          model.generate(
              GenerateRequest.greedy(new Input.Text("Hello"), TOKENS, Lane.COMMAND),
              TokenSink.NONE,
              bench.interrupted());
      return Finding.ok(
          NAME,
          String.format(
              Locale.ROOT,
              "%s loads and answers, %d tokens in %.0f ms; its context window is %d tokens",
              name,
              answer.usage().outputTokens(),
              answer.timing().totalMillis(),
              model.info().contextWindow()));
    } catch (ModelException e) {
      return Finding.broken(
          NAME, e.getMessage(), "`promptls model list` shows what is installed here.");
    }
  }
}
