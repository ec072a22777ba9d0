package dev.promptls.app;

import dev.promptls.lab.models.Pulling;
import dev.promptls.model.store.Progress;

/// On the command line a missing model is pulled without asking, and that is said.
record SaidPulling(Console console) implements Pulling {
  @Override
  public boolean mayPull(String model, long bytes) {
    console.note(
        "The model %s (%d MB) is not here yet and is pulled once."
            .formatted(model, bytes / 1_000_000));
    return true;
  }

  @Override
  public Progress progress() {
    return new PullProgress(console);
  }
}
