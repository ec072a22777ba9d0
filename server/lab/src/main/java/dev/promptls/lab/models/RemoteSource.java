package dev.promptls.lab.models;

import dev.promptls.lab.ModelTokens;
import dev.promptls.model.LanguageModel;
import dev.promptls.model.ModelException;
import dev.promptls.model.remote.RemoteModel;
import dev.promptls.model.settings.Endpoint;
import java.util.Map;

/// An endpoint of the user's settings.
record RemoteSource(Endpoint endpoint, Map<String, String> environment, boolean offline)
    implements Source {
  @Override
  public ModelTokens tokens() {
    return HostedTokens.of(endpoint.model().isEmpty() ? endpoint.name() : endpoint.model());
  }

  @Override
  public LanguageModel load() throws ModelException {
    if (offline) {
      throw new ModelException(
          "The endpoint %s needs a connection: leave --offline out, or choose a local model."
              .formatted(endpoint.name()));
    }
    return new RemoteModel(endpoint, environment);
  }
}
