package dev.promptls.app;

import dev.promptls.lab.ModelSurroundings;
import dev.promptls.lab.ModelTokens;
import dev.promptls.lab.ModelTraits;
import dev.promptls.lab.run.Conversation;
import dev.promptls.model.ModelException;
import dev.promptls.prompt.check.Breakdown;
import dev.promptls.prompt.check.Surroundings;
import dev.promptls.prompt.check.TokenBudget;
import dev.promptls.prompt.render.PartialResolver;
import dev.promptls.prompt.render.RenderOptions;
import dev.promptls.prompt.render.RenderResult;
import dev.promptls.prompt.render.Renderer;
import dev.promptls.prompt.shots.Shots;
import dev.promptls.prompt.syntax.PromptFile;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What `lint` knows beside files: the user's settings, and the model that was named, if one was.
///
/// @param environment names of the variables that prompts may read
record LintModel(Set<String> environment, @Nullable ModelTokens tokens) {
  /// The share of the window from which a prompt is said to be large, as in the editor's settings.
  private static final double WARN_AT = 0.8;

  /// The surroundings of a prompt, with what its files say.
  Surroundings around(Surroundings files, PromptFile prompt) {
    ModelTokens model = tokens;
    return new ModelSurroundings(
        files,
        environment::contains,
        model == null ? null : ModelTraits.of(model),
        model == null ? null : budget(files, prompt, model),
        List.of());
  }

  private static @Nullable TokenBudget budget(
      Surroundings files, PromptFile prompt, ModelTokens model) {
    PartialResolver partials = Objects.requireNonNullElse(files.partials(), PartialResolver.NONE);
    RenderOptions options = RenderOptions.DEFAULT.patient().withPartials(partials);
    RenderResult rendered = Renderer.render(prompt, options);
    try {
      int count = rendered.messages().isEmpty() ? 0 : model.count(Conversation.of(rendered));
      TokenBudget budget =
          new TokenBudget(
              model.info().name(),
              model.info().contextWindow(),
              prompt.maxOutputTokens(),
              count,
              WARN_AT,
              List.of());
      return budget.isTight()
          ? budget.with(
              Breakdown.of(
                  prompt,
                  Shots.in(prompt),
                  message -> model.count(message.said(prompt.text()).strip()),
                  model::count))
          : budget;
    } catch (ModelException unsendable) {
      // Why it cannot be sent, other rules say, or whoever runs it.
      return null;
    }
  }
}
