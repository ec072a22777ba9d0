package dev.promptls.prompt.shots;

/// An example cannot be written in a shape. The message is one sentence.
final class UnwritableException extends Exception {
  private static final long serialVersionUID = 1;

  UnwritableException(String sentence) {
    super(sentence);
  }
}
