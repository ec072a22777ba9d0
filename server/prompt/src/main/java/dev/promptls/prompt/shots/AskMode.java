package dev.promptls.prompt.shots;

import java.util.Arrays;
import java.util.Optional;

/// Which other examples are sent when one is asked.
public enum AskMode {
  /// All others.
  LEAVE_ONE_OUT("leave-one-out"),
  /// Those above it.
  PROGRESSIVE("progressive"),
  /// None.
  ALONE("alone");

  private final String word;

  AskMode(String word) {
    this.word = word;
  }

  /// The name that users and results know it by.
  public String word() {
    return word;
  }

  /// The mode that a word names.
  public static Optional<AskMode> named(String word) {
    return Arrays.stream(values()).filter(mode -> mode.word.equals(word)).findFirst();
  }
}
