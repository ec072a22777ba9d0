package dev.promptls.model;

/// Why an answer ended.
public enum Finish {
  /// The model or a stop string ended it.
  STOP,
  /// The token limit or the context window ended it.
  LENGTH,
  CANCELLED
}
