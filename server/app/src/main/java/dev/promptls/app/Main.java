package dev.promptls.app;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The program.
@Command(
    name = "promptls",
    mixinStandardHelpOptions = true,
    version = "promptls 0.1.0",
    description = "The language server for prompts, and its tools.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = TrainingRun.class)
final class Main {
  Main() {}

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Main()).execute(arguments));
  }
}
