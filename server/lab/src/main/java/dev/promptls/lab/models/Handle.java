package dev.promptls.lab.models;

import dev.promptls.lab.ModelHandle;
import dev.promptls.lab.ModelTokens;
import dev.promptls.model.LanguageModel;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

record Handle(String name, @Nullable String notice, int contextWindow, Shared shared)
    implements ModelHandle {
  @Override
  public CompletableFuture<ModelTokens> tokens() {
    return shared.tokens();
  }

  @Override
  public CompletableFuture<LanguageModel> model() {
    return shared.model();
  }

  @Override
  public void unload() {
    shared.unload();
  }
}
