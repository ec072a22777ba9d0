package dev.promptls.app;

import dev.promptls.model.Cancellation;
import dev.promptls.model.ModelException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/// The program.
@Command(
    name = "promptls",
    mixinStandardHelpOptions = true,
    version = "promptls " + Version.TEXT,
    description = "The language server for prompts, and its tools.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Exit codes: 0 success, 1 findings, 2 usage, 3 a model, file or network problem,",
      "130 interrupted. `promptls COMMAND --help` tells more."
    })
final class Main implements Runnable {
  /// How long an interrupted command may take to write what it has.
  private static final Duration GRACE = Duration.ofSeconds(2);

  @Spec private CommandSpec spec = CommandSpec.create();

  private Main() {}

  public static void main(String[] arguments) {
    Logging.prepare();
    if (arguments.length > 0 && arguments[0].equals(HostEntry.NAME)) {
      HostEntry.run(List.of(arguments).subList(1, arguments.length));
      return;
    }
    // The result alone belongs to standard output, which the console opens for itself, and not what
    // a library prints.
    System.setOut(System.err);
    Cancellation interrupted = new Cancellation();
    CountDownLatch finished = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> interrupt(interrupted, finished)));
    StandardOutput out = new StandardOutput(interrupted::cancel);
    Workbench bench = Workbench.ofProcess(out, interrupted);
    int code = commandLine(bench).execute(arguments);
    bench.console().out().flush();
    code = out.exitCode(code, bench.console());
    finished.countDown();
    System.exit(code);
  }

  /// Runs when the process ends, by Ctrl-C too: the command in progress writes what it has.
  private static void interrupt(Cancellation interrupted, CountDownLatch finished) {
    interrupted.cancel();
    try {
      var _ = finished.await(GRACE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// All commands, ready to parse.
  static CommandLine commandLine(Workbench bench) {
    CommandLine line =
        new CommandLine(new Main())
            .addSubcommand(new ServeCommand(bench))
            .addSubcommand(new RunCommand(bench))
            .addSubcommand(new RenderCommand(bench))
            .addSubcommand(new CountCommand(bench))
            .addSubcommand(new LintCommand(bench))
            .addSubcommand(new CompleteCommand(bench))
            .addSubcommand(new ScoreCommand(bench))
            .addSubcommand(new FmtCommand(bench))
            .addSubcommand(new ConvertCommand(bench))
            .addSubcommand(new NewCommand(bench))
            .addSubcommand(ModelCommand.with(bench))
            .addSubcommand(new DoctorCommand(bench))
            .addSubcommand(new TrainingRun(bench));
    addHelp(line);
    Console console = bench.console();
    return line.setOut(console.writer(console.out()))
        .setErr(console.writer(console.err()))
        .setColorScheme(
            CommandLine.Help.defaultColorScheme(console.coloured() ? Ansi.ON : Ansi.OFF))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .registerConverter(Path.class, Main::path)
        .setExecutionExceptionHandler(problems(console))
        .setParameterExceptionHandler((problem, _) -> usage(console, problem));
  }

  /// Java takes an empty path, as a script gives it whose variable is not set, for the working
  /// folder.
  private static Path path(String text) {
    if (text.isEmpty()) {
      throw new TypeConversionException("an empty path names no file");
    }
    return Path.of(text);
  }

  private static void addHelp(CommandLine line) {
    for (CommandLine command : line.getSubcommands().values()) {
      command.getCommandSpec().mixinStandardHelpOptions(true).version("promptls " + Version.TEXT);
      addHelp(command);
    }
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Name a command.");
  }

  private static int usage(Console console, ParameterException problem) {
    console.note(
        "%s See `%s --help`."
            .formatted(
                UsageError.sentence(problem),
                problem.getCommandLine().getCommandSpec().qualifiedName()));
    return ExitCode.USAGE;
  }

  private static IExecutionExceptionHandler problems(Console console) {
    return (problem, _, _) -> {
      console.out().flush();
      switch (problem) {
        case InterruptedCommand _ -> {
          return ExitCode.INTERRUPTED;
        }
        case ModelException refusal -> console.note(refusal.getMessage());
        case IOException broken ->
            console.note("Reading or writing failed: " + broken.getMessage());
        default -> {
          console.note("This should not have happened, please report it: " + problem + ".");
          if (console.environment().containsKey("PROMPTLS_DEBUG")) {
            problem.printStackTrace(console.err());
          }
        }
      }
      return ExitCode.PROBLEM;
    };
  }
}
