package dev.promptls.prompt.shots;

/// Which other examples are sent when one is asked.
public enum AskMode {
  /// All others.
  LEAVE_ONE_OUT,
  /// Those above it.
  PROGRESSIVE,
  /// None.
  ALONE
}
