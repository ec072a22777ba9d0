package dev.promptls.prompt.schema;

import java.util.List;

/// A schema that cannot be read. The message is one sentence.
public class SchemaException extends Exception {
  private final List<String> path;

  /// @param path the keys from the top of the schema to the fault
  public SchemaException(String sentence, List<String> path) {
    super(sentence);
    this.path = List.copyOf(path);
  }

  public List<String> path() {
    return path;
  }
}
