package dev.promptls.app;

import dev.promptls.app.Console.Style;
import dev.promptls.lab.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Tells what is installed, what works, and what to do about what does not.
@Command(
    name = "doctor",
    description = "Tell what is installed, what works, and what to do about what does not.")
final class DoctorCommand implements Callable<Integer> {
  private final Workbench bench;

  @Mixin private final ModelFlags flags = new ModelFlags();

  @Option(
      names = "--online",
      description = "Also try the endpoints of your settings; nothing is connected to without.")
  private boolean online;

  @Mixin private final JsonFlag output = new JsonFlag();

  DoctorCommand(Workbench bench) {
    this.bench = bench;
  }

  @Override
  public Integer call() {
    flags.offline |= !online;
    List<Finding> findings = new ArrayList<>(new Checkup(bench, online).findings());
    for (String model : flags.models) {
      findings.add(ModelTrial.of(bench, flags, model));
    }
    Console console = bench.console();
    if (output.json) {
      console.line(Json.pretty(new Report(findings)));
    } else {
      findings.forEach(finding -> print(console, finding));
    }
    boolean broken = findings.stream().anyMatch(finding -> finding.state() == Finding.State.BROKEN);
    return broken ? ExitCode.FINDINGS : ExitCode.SUCCESS;
  }

  private record Report(List<Finding> checks) {}

  private static void print(Console console, Finding finding) {
    String mark =
        switch (finding.state()) {
          case OK -> console.styled(Style.GOOD, "✓");
          case NOTE -> console.styled(Style.WARNING, "•");
          case BROKEN -> console.styled(Style.BAD, "✗");
        };
    console.line("%s %-14s %s".formatted(mark, finding.name(), finding.found()));
    if (finding.advice() != null) {
      console.line("  %-14s %s".formatted("", finding.advice()));
    }
  }
}
