package dev.promptls.app;

/// What the process says when it ends.
final class ExitCode {
  static final int SUCCESS = 0;

  /// The command worked and found something: a failed test, an invalid prompt.
  static final int FINDINGS = 1;

  static final int USAGE = 2;

  /// A model, a file or the network; told in one sentence on standard error.
  static final int PROBLEM = 3;

  static final int INTERRUPTED = 130;

  private ExitCode() {}
}
