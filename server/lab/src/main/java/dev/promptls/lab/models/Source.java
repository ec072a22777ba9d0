package dev.promptls.lab.models;

import dev.promptls.lab.ModelTokens;
import dev.promptls.model.LanguageModel;
import dev.promptls.model.ModelException;

/// Where a model's tokens and answers come from. Both methods may take long.
sealed interface Source permits LocalModel, RemoteSource, HostedCount {
  ModelTokens tokens() throws ModelException;

  LanguageModel load() throws ModelException;
}
