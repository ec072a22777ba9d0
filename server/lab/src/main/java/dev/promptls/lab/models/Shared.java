package dev.promptls.lab.models;

import dev.promptls.lab.ModelTokens;
import dev.promptls.model.LanguageModel;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// One model and what was loaded of it so far, shared by all handles to it.
final class Shared {
  private final Source source;
  private @Nullable CompletableFuture<ModelTokens> tokens;
  private @Nullable CompletableFuture<LanguageModel> model;

  Shared(Source source) {
    this.source = source;
  }

  synchronized CompletableFuture<ModelTokens> tokens() {
    if (tokens == null || tokens.isCompletedExceptionally()) {
      tokens = inBackground(source::tokens);
    }
    return tokens;
  }

  synchronized CompletableFuture<LanguageModel> model() {
    if (model == null || model.isCompletedExceptionally()) {
      model = inBackground(source::load);
    }
    return model;
  }

  /// Ends the model; it is loaded again when it is asked for.
  synchronized void unload() {
    close();
    model = null;
  }

  synchronized void close() {
    if (model != null) {
      // Also what is still loading is closed, as soon as there is something to close.
      var _ = model.thenAccept(LanguageModel::close);
    }
  }

  private static <T> CompletableFuture<T> inBackground(Callable<T> work) {
    CompletableFuture<T> future = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(() -> {
          try {
            future.complete(work.call());
          } catch (Exception e) {
            future.completeExceptionally(e);
          }
        });
    return future;
  }
}
