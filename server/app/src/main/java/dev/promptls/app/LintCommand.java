package dev.promptls.app;

import dev.promptls.lab.Json;
import dev.promptls.lab.Models;
import dev.promptls.lab.files.FileListing;
import dev.promptls.lab.files.FileProblem;
import dev.promptls.lab.files.PromptFiles;
import dev.promptls.lab.files.TextFile;
import dev.promptls.model.ModelException;
import dev.promptls.prompt.check.Checks;
import dev.promptls.prompt.check.LintSettings;
import dev.promptls.prompt.syntax.Severity;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Checks prompts.
@Command(
    name = "lint",
    description = "Check prompts: files, and all in folders that .gitignore does not name.")
final class LintCommand implements Callable<Integer> {
  private static final Path STDIN = Path.of("-");

  private final Workbench bench;

  @Spec private @Nullable CommandSpec spec;
  @Mixin private final ModelFlags flags = new ModelFlags();

  @Parameters(
      paramLabel = "PATH",
      arity = "1..*",
      description = "Files and folders; - reads standard input.")
  private List<Path> paths = List.of();

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "text, json or sarif. Default: ${DEFAULT-VALUE}.")
  private Format format = Format.text;

  @Option(names = "--json", description = "The same as --format json.")
  private boolean json;

  @Option(
      names = "--fix",
      description = "Mend what can be mended without changing what is sent, and report the rest.")
  private boolean fix;

  @Option(
      names = "--rule",
      paramLabel = "CODE=LEVEL",
      description = "off, hint, info, warning or error. May be repeated.")
  private Map<String, String> levels = Map.of();

  @Option(
      names = "--fail-on",
      paramLabel = "SEVERITY",
      description =
          "The least severity that makes the exit code 1: error, warning, information"
              + " or hint. Default: ${DEFAULT-VALUE}.")
  private Severity failOn = Severity.ERROR;

  @Option(
      names = "--max-warnings",
      paramLabel = "N",
      description = "More warnings than this make the exit code 1, too.")
  private @Nullable Integer maxWarnings;

  @Option(
      names = "--stdin-name",
      paramLabel = "NAME",
      description = "What standard input is called, which may tell its format.")
  private String stdinName = "stdin";

  LintCommand(Workbench bench) {
    this.bench = bench;
  }

  /// In lower case, as they are written on the command line.
  enum Format {
    text,
    json,
    sarif
  }

  @Override
  public Integer call() throws ModelException, IOException {
    for (Map.Entry<String, String> level : levels.entrySet()) {
      if (Checks.rule(level.getKey()) == null) {
        throw UsageError.of(spec, "There is no rule " + level.getKey() + "; correct its code.");
      }
      if (!LintSettings.isLevel(level.getValue())) {
        throw UsageError.of(
            spec, "A level is off, hint, info, warning or error, not " + level.getValue() + ".");
      }
    }
    if (fix && paths.contains(STDIN)) {
      throw UsageError.of(spec, "Standard input cannot be mended: name a file.");
    }
    Path here = Path.of("").toAbsolutePath();
    LintSettings settings = new LintSettings(levels);
    List<Linted> files = new ArrayList<>();
    List<FileProblem> problems = new ArrayList<>();
    if (paths.contains(STDIN)) {
      String text = TextFile.text(stdinName, bench.console().in().readAllBytes());
      files.add(Linter.lint(stdinName, text, settings));
    }
    List<Path> named = paths.stream().filter(path -> !path.equals(STDIN)).toList();
    FileListing listing = PromptFiles.below(named);
    problems.addAll(listing.problems());
    Linter linter = new Linter(PromptSource.roots(named), settings, model());
    for (FileListing.Found found : listing.files()) {
      try {
        files.add(linter.lint(found, fix));
      } catch (ModelException unreadable) {
        problems.add(new FileProblem(found.path(), String.valueOf(unreadable.getMessage())));
      }
    }
    print(files, problems, here);
    problems.forEach(problem -> bench.console().note(problem.sentence()));
    if (!problems.isEmpty()) {
      return ExitCode.PROBLEM;
    }
    return fails(files) ? ExitCode.FINDINGS : ExitCode.SUCCESS;
  }

  /// What the user's settings and the model that was named say; without one none is looked for.
  private LintModel model() throws ModelException {
    Set<String> environment = bench.settings().allowedEnvironment();
    if (flags.first() == null) {
      return new LintModel(environment, null);
    }
    try (Models models = bench.models(flags)) {
      return new LintModel(
          environment, models.chooseForCounting(flags.first(), null).awaitTokens());
    }
  }

  private void print(List<Linted> files, List<FileProblem> problems, Path here) {
    Console console = bench.console();
    switch (json ? Format.json : format) {
      case json -> console.line(Json.pretty(LintJson.of(files)));
      case sarif -> console.line(Json.pretty(new LintSarif(here).of(files, problems)));
      case text -> {
        new LintText(console).print(files);
        if (!files.isEmpty() || problems.isEmpty()) {
          console.note(LintText.summary(files));
        }
      }
    }
  }

  private boolean fails(List<Linted> files) {
    long warnings = 0;
    for (Linted linted : files) {
      warnings += linted.count(Severity.WARNING);
      if (linted.findings().stream()
          .anyMatch(finding -> finding.severity().compareTo(failOn) <= 0)) {
        return true;
      }
    }
    return maxWarnings != null && warnings > maxWarnings;
  }
}
