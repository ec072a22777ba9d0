package dev.promptls.template.run;

/// What a missing variable, attribute or item is in Jinja: it prints nothing, is false and empty,
/// and fails when anything else is asked of it.
///
/// @param sentence what is missing
public record Undefined(String sentence) {
  public static Undefined variable(String name) {
    return new Undefined("'" + name + "' is undefined.");
  }

  public Failure failure() {
    return new Failure(sentence);
  }
}
