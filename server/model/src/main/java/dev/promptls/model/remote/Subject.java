package dev.promptls.model.remote;

import dev.promptls.model.ModelException;
import dev.promptls.model.settings.Secret;
import java.util.Optional;

/// Whom a sentence is about, and what must not stand in it.
record Subject(String name, Optional<Secret> key) {
  private static final int MOST_CHARACTERS = 200;

  /// @param does what the endpoint does, as a clause
  /// @param advice what to do, as a clause
  ModelException sentence(String does, String advice) {
    return new ModelException("The endpoint %s %s: %s.".formatted(name, does, advice));
  }

  /// What a server says, on one line, not too long and without the key, which some repeat.
  String shown(String message) {
    String safe =
        key.map(secret -> message.replace(secret.reveal(), "…"))
            .orElse(message)
            .replaceAll("(?i)bearer\\s+\\S+", "Bearer …")
            .replaceAll("[\\p{Cntrl}\\s]+", " ")
            .strip()
            .replaceFirst("\\.$", "");
    return safe.length() > MOST_CHARACTERS ? safe.substring(0, MOST_CHARACTERS) + "…" : safe;
  }
}
