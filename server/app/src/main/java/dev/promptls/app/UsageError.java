package dev.promptls.app;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/// What is wrong with a command line beyond what its parser can see.
final class UsageError {
  private UsageError() {}

  static ParameterException of(@Nullable CommandSpec command, String sentence) {
    return new ParameterException(Objects.requireNonNull(command).commandLine(), sentence);
  }
}
