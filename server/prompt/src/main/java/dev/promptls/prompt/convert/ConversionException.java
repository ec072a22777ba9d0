package dev.promptls.prompt.convert;

/// A file cannot be converted; the message is a sentence that says why.
public final class ConversionException extends Exception {
  private static final long serialVersionUID = 1;

  ConversionException(String sentence) {
    super(sentence);
  }
}
