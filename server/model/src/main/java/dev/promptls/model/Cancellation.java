package dev.promptls.model;

import java.util.ArrayList;
import java.util.List;

/// A request to stop, seen by whoever works. Once cancelled it stays so.
public final class Cancellation {
  private final List<Runnable> listeners = new ArrayList<>();
  private volatile boolean cancelled;

  public boolean isCancelled() {
    return cancelled;
  }

  /// Stops the work; later calls do nothing.
  ///
  /// @return whether this was the first call
  public boolean cancel() {
    List<Runnable> toRun;
    synchronized (listeners) {
      if (cancelled) {
        return false;
      }
      cancelled = true;
      toRun = List.copyOf(listeners);
      listeners.clear();
    }
    toRun.forEach(Runnable::run);
    return true;
  }

  /// Runs `listener` once when cancelled, at once if it already is.
  public void onCancel(Runnable listener) {
    synchronized (listeners) {
      if (!cancelled) {
        listeners.add(listener);
        return;
      }
    }
    listener.run();
  }
}
