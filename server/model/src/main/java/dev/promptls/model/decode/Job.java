package dev.promptls.model.decode;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.RunOptions;
import dev.promptls.model.Cancellation;
import dev.promptls.model.Lane;
import dev.promptls.model.ModelException;
import java.util.concurrent.CompletableFuture;

/// A request cut into steps, each a run of the graph. A step that was terminated can be taken
/// again: nothing changes before the graph has run. Only the model thread calls it.
///
/// @param <T> the result
abstract class Job<T> {
  private final Lane lane;
  private final Cancellation cancellation;
  private final CompletableFuture<T> result = new CompletableFuture<>();

  Job(Lane lane, Cancellation cancellation) {
    this.lane = lane;
    this.cancellation = cancellation;
  }

  final Lane lane() {
    return lane;
  }

  final Cancellation cancellation() {
    return cancellation;
  }

  final CompletableFuture<T> result() {
    return result;
  }

  /// Takes the next step.
  ///
  /// @return whether this was the last
  final boolean advance(RunOptions options) throws OrtException, ModelException {
    if (cancellation.isCancelled()) {
      release();
      result.complete(cancelled());
      return true;
    }
    if (!step(options)) {
      return false;
    }
    release();
    result.complete(finished());
    return true;
  }

  /// Ends the job without a result.
  final void fail(ModelException reason) {
    release();
    result.completeExceptionally(reason);
  }

  /// Takes the next step; true if nothing is left to do.
  abstract boolean step(RunOptions options) throws OrtException, ModelException;

  /// The result after the last step.
  abstract T finished();

  /// What there is when the job is cancelled.
  abstract T cancelled();

  /// Gives back what the job holds. Called once, before the result is given.
  abstract void release();
}
