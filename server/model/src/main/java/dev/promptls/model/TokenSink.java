package dev.promptls.model;

/// Takes an answer as it grows. Called from the model's thread: it must not block.
@FunctionalInterface
public interface TokenSink {
  TokenSink NONE = text -> {};

  /// More of the answer: whole characters, never part of a stop string.
  void accept(String text);
}
