package dev.promptls.lab;

import dev.promptls.model.LanguageModel;
import dev.promptls.model.ModelException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/// A model that was chosen, before it is loaded. Asking it for something starts the loading in the
/// background; both futures fail with a [ModelException] and are shared by all who ask.
public interface ModelHandle {
  /// As it is shown, and as it can be asked for again.
  String name();

  /// A sentence if this is not the model that the file asks for, else null.
  @Nullable String notice();

  /// How many tokens the model can read, as far as that is known without opening it; 0 if it is
  /// not.
  default int contextWindow() {
    return 0;
  }

  /// The tokenizer and what is known without weights: a matter of milliseconds where installed.
  CompletableFuture<ModelTokens> tokens();

  /// The model ready to answer. It belongs to the [Models] that gave this handle: do not close it.
  CompletableFuture<LanguageModel> model();

  /// Ends the model if it was loaded, and what it is being asked; who asks for it later has it
  /// loaded again. Its tokens are not concerned.
  void unload();

  /// Waits for [#tokens()].
  default ModelTokens awaitTokens() throws ModelException {
    return await(tokens());
  }

  /// Waits for [#model()].
  default LanguageModel awaitModel() throws ModelException {
    return await(model());
  }

  private static <T> T await(CompletableFuture<T> future) throws ModelException {
    try {
      return future.get();
    } catch (ExecutionException | CompletionException e) {
      if (e.getCause() instanceof ModelException refusal) {
        throw new ModelException(refusal.getMessage(), refusal);
      }
      throw new IllegalStateException(e.getCause());
    } catch (CancellationException e) {
      throw new ModelException("The model was closed while it was loading; ask again.", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ModelException("Interrupted while the model was loading; ask again.", e);
    }
  }
}
