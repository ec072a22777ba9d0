package dev.promptls.app;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// Does what a start does and ends, so that the launcher can record which classes that needs.
@Command(name = "training-run", hidden = true)
final class TrainingRun implements Callable<Integer> {
  private final Workbench bench;

  TrainingRun(Workbench bench) {
    this.bench = bench;
  }

  @Override
  public Integer call() {
    Main.commandLine(bench).getUsageMessage();
    return ExitCode.SUCCESS;
  }
}
