package dev.promptls.lab.models;

import dev.promptls.model.store.Progress;

/// Who is asked, and told, when a model has to be brought or prepared.
public interface Pulling {
  /// Whether a model that is not installed may be downloaded now; called at most once a model.
  ///
  /// @param bytes of the download
  boolean mayPull(String model, long bytes);

  /// Is told how far a pull or an import is.
  Progress progress();
}
