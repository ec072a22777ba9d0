package dev.promptls.template;

/// A rendered part of a template, which knows its origins.
record Fragment(Output output) {
  @Override
  public String toString() {
    return output.text();
  }
}
