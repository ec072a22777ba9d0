package dev.promptls.model.store;

/// A source cannot give the model; another may.
final class Refusal extends Exception {
  private final String reason;
  private final String advice;

  /// @param reason what happened, as a clause
  /// @param advice what to do, as a clause
  Refusal(String reason, String advice) {
    super(reason);
    this.reason = reason;
    this.advice = advice;
  }

  String reason() {
    return reason;
  }

  String advice() {
    return advice;
  }
}
