package dev.promptls.app;

import dev.promptls.prompt.check.Spelling;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// What is wrong with a command line, in a sentence.
final class UsageError {
  private UsageError() {}

  /// What the parser of command lines cannot see.
  static ParameterException of(@Nullable CommandSpec command, String sentence) {
    return new ParameterException(Objects.requireNonNull(command).commandLine(), sentence);
  }

  static String sentence(ParameterException problem) {
    String said =
        problem instanceof UnmatchedArgumentException unmatched
            ? unknown(unmatched)
            // Where a map is meant, the parser says this word twice.
            : String.valueOf(problem.getMessage()).replace("option option", "option");
    String line = said.replaceAll("\\s*\\R\\s*", " ").strip();
    return line.matches(".*[.!?]") ? line : line + ".";
  }

  private static String unknown(UnmatchedArgumentException problem) {
    String argument = problem.getUnmatched().getFirst();
    CommandSpec command = problem.getCommandLine().getCommandSpec();
    boolean option = problem.isUnknownOption();
    String what = option ? "option" : command.subcommands().isEmpty() ? "place for" : "command";
    Set<String> known = option ? command.optionsMap().keySet() : command.subcommands().keySet();
    String meant = Spelling.nearest(argument, known);
    return "There is no "
        + what
        + " "
        + argument
        + (meant == null ? "" : "; did you mean " + meant + "?");
  }
}
