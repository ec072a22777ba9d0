package dev.promptls.template;

/// The value of a strict variable that looks as if it began a message of its own.
public final class StrictViolation extends TemplateException {
  public StrictViolation(String sentence, int start, int end) {
    super(sentence, "", start, end);
  }
}
