package dev.promptls.prompt.syntax;

/// Finds the messages of a record of training data. One a format.
interface RecordReader {
  /// Whether an object has the key that only records of this format have.
  boolean claims(YamlNode.Mapping record);

  /// Adds what the record says; what is wrong with it becomes a problem.
  void read(YamlNode.Mapping record, RecordParts parts);
}
