package dev.promptls.app;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// Does what a start does and ends, so that the launcher can record which classes that needs.
@Command(name = "training-run", hidden = true)
final class TrainingRun implements Callable<Integer> {
  @Override
  public Integer call() {
    new CommandLine(new Main()).getUsageMessage();
    return ExitCode.SUCCESS;
  }
}
