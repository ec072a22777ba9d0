package dev.promptls.prompt.shots;

/// How the examples of a prompt are written.
public enum Shape {
  /// A block `{{#each}}` over a list in the front matter.
  LOOP,
  /// User and model messages in turns, before the last user message.
  MESSAGES,
  /// Repeated blocks of two labelled parts, or lines `x -> y`.
  BLOCKS,
  /// No examples.
  NONE
}
