package dev.promptls.template;

/// What a missing variable, attribute or item is in Jinja: it prints nothing, is false and empty,
/// and fails when anything else is asked of it.
///
/// @param sentence what is missing
record Undefined(String sentence) {
  static Undefined variable(String name) {
    return new Undefined("'" + name + "' is undefined.");
  }

  Failure failure() {
    return new Failure(sentence);
  }
}
