package dev.promptls.model;

import org.jspecify.annotations.Nullable;

/// A model, a model file or the network cannot do what was asked. The message is one sentence for
/// the person who asked: what, where, and what to do.
public class ModelException extends Exception {
  public ModelException(String sentence) {
    super(sentence);
  }

  public ModelException(String sentence, @Nullable Throwable cause) {
    super(sentence, cause);
  }
}
