package dev.promptls.model;

import org.jspecify.annotations.Nullable;

/// A model, a model file or the network cannot do what was asked. The message is one sentence for
/// the person who asked: what, where, and what to do.
public class ModelException extends Exception {
  private final String sentence;

  public ModelException(String sentence) {
    this(sentence, null);
  }

  public ModelException(String sentence, @Nullable Throwable cause) {
    super(sentence, cause);
    this.sentence = sentence;
  }

  @Override
  public String getMessage() {
    return sentence;
  }
}
