package dev.promptls.template;

/// A template that was stopped because it spent all of its [Fuel], or goes deeper than any may.
public final class FuelSpent extends TemplateException {
  public FuelSpent(String sentence, String template, int start, int end) {
    super(sentence, template, start, end);
  }
}
