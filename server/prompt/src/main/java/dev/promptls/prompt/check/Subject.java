package dev.promptls.prompt.check;

import dev.promptls.prompt.shots.Shots;
import dev.promptls.prompt.syntax.PromptFile;

/// What is checked.
public record Subject(PromptFile file, Shots shots, Surroundings surroundings) {
  /// A file by itself.
  public static Subject of(PromptFile file) {
    return of(file, Surroundings.NONE);
  }

  public static Subject of(PromptFile file, Surroundings surroundings) {
    return new Subject(file, Shots.in(file), surroundings);
  }

  String text() {
    return file.text();
  }
}
