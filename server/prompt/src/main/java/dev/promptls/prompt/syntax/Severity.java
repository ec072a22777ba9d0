package dev.promptls.prompt.syntax;

/// How much a finding matters.
public enum Severity {
  ERROR,
  WARNING,
  INFORMATION,
  HINT
}
