package dev.promptls.model.settings;

import dev.promptls.model.ModelException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An OpenAI-compatible server of the user's.
///
/// @param name as in `--model remote:NAME`
/// @param url up to and without `/chat/completions`, such as `http://127.0.0.1:8000/v1`
/// @param model as the server calls it; empty for servers that have only one
/// @param keyEnv the environment variable that holds the key
/// @param key the key itself, if the user wrote it into the settings
public record Endpoint(
    String name, URI url, String model, @Nullable String keyEnv, @Nullable Secret key) {
  /// The key to send.
  ///
  /// @throws ModelException if the variable that should hold it is not set
  public Optional<Secret> key(Map<String, String> environment) throws ModelException {
    if (keyEnv == null) {
      return Optional.ofNullable(key);
    }
    String value = environment.get(keyEnv);
    if (value == null || value.isBlank()) {
      throw new ModelException(
          "The endpoint %1$s needs a key: set the environment variable %2$s to it."
              .formatted(name, keyEnv));
    }
    return Optional.of(new Secret(value.strip()));
  }
}
