package dev.promptls.template.handlebars;

import dev.promptls.template.run.Output;

/// A rendered part of a template, which knows its origins.
record Fragment(Output output) {
  @Override
  public String toString() {
    return output.text();
  }
}
