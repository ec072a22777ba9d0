package dev.promptls.model.host;

import dev.promptls.model.LanguageModel;
import dev.promptls.model.ModelException;

/// Loads a model in this process.
@FunctionalInterface
public interface ModelOpener {
  /// The model of these settings, ready to answer.
  ///
  /// @throws ModelException if its files are missing, broken or of an unknown kind
  LanguageModel open(HostSettings settings) throws ModelException;
}
