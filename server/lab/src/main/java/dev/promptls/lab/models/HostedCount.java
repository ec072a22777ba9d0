package dev.promptls.lab.models;

import dev.promptls.lab.ModelTokens;
import dev.promptls.model.LanguageModel;
import dev.promptls.model.ModelException;

/// A hosted model whose tokens can be counted here, and nothing else.
///
/// @param name as the prompt gives it
record HostedCount(String name) implements Source {
  @Override
  public ModelTokens tokens() {
    return HostedTokens.of(name);
  }

  @Override
  public LanguageModel load() throws ModelException {
    throw new ModelException(
        "The model %s can only be counted for: to run it, add an endpoint for it to your settings.json."
            .formatted(name));
  }
}
