package dev.promptls.model;

/// Who waits for a request; a lane goes before those that follow it.
public enum Lane {
  /// Somebody is typing: ends a batch step at once.
  TYPING,
  /// Somebody asked and looks at the answer.
  COMMAND,
  /// Many requests, nobody waits for a single one.
  BATCH
}
