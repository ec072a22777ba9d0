package dev.promptls.app;

import dev.promptls.lab.files.FileListing;
import dev.promptls.lab.files.PromptFiles;
import dev.promptls.lab.files.TextFile;
import dev.promptls.model.ModelException;
import dev.promptls.prompt.format.Formatted;
import dev.promptls.prompt.format.Formatter;
import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.syntax.PromptReader;
import dev.promptls.prompt.text.Edits;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Makes the layout of prompt files uniform.
@Command(
    name = "fmt",
    description = "Make the layout of prompt files uniform.",
    footer = {
      "",
      "Changes white space only, and only where it means nothing: neither what is",
      "sent nor the settings nor a comment. Parts with mistakes are left alone. In",
      "folders it finds prompts by name, without those that .gitignore names. Prints",
      "the files it changes.",
      "",
      "  promptls fmt .                     all prompts below this folder",
      "  promptls fmt --check prompts       changes nothing; exits with 1 if it would",
      "  promptls fmt - <a.prompt >b.prompt from standard input to standard output",
      "",
      "Exit codes: 0 done, 1 files differ (--check), 2 usage, 3 a file could not be",
      "read or written."
    })
final class FmtCommand implements Callable<Integer> {
  private static final Path STDIN = Path.of("-");

  private final Workbench bench;

  @Spec private @Nullable CommandSpec spec;

  @Parameters(
      paramLabel = "PATH",
      arity = "1..*",
      description = "Files and folders; `-` reads standard input and writes standard output.")
  private List<Path> paths = List.of();

  @Option(names = "--check", description = "Change nothing; print the files that differ.")
  private boolean check;

  @Option(
      names = "--stdin-name",
      paramLabel = "NAME",
      defaultValue = "stdin.prompt",
      description =
          "What standard input would be called as a file, which tells its format. Default: ${DEFAULT-VALUE}")
  private String stdinName = "";

  private int differ;
  private int failed;

  FmtCommand(Workbench bench) {
    this.bench = bench;
  }

  @Override
  public Integer call() throws ModelException, IOException {
    if (paths.contains(STDIN)) {
      return stdin();
    }
    FileListing found = PromptFiles.below(paths);
    found.problems().forEach(problem -> tell(problem.sentence()));
    for (Path path : found.paths()) {
      if (bench.interrupted().isCancelled()) {
        return ExitCode.INTERRUPTED;
      }
      try {
        format(EditedFile.read(path));
      } catch (ModelException e) {
        tell(String.valueOf(e.getMessage()));
      }
    }
    if (bench.console().terminalErr()) {
      String what = check ? "%d of %d files would change." : "%d of %d files changed.";
      bench.console().note(what.formatted(differ, found.files().size()));
    }
    return failed > 0
        ? ExitCode.PROBLEM
        : check && differ > 0 ? ExitCode.FINDINGS : ExitCode.SUCCESS;
  }

  private void format(EditedFile file) throws ModelException {
    String text = formatted(file.path().toString(), file.text());
    if (text.equals(file.text())) {
      return;
    }
    if (!check) {
      file.replace(text);
    }
    differ++;
    bench.console().line(file.path().toString());
  }

  private Integer stdin() throws ModelException, IOException {
    if (paths.size() > 1) {
      throw UsageError.of(spec, "`-` means standard input alone: name no other paths beside it.");
    }
    byte[] bytes = bench.console().in().readAllBytes();
    String before = TextFile.text("standard input", bytes);
    String after = formatted(stdinName, before);
    if (check) {
      return after.equals(before) && failed == 0 ? ExitCode.SUCCESS : ExitCode.FINDINGS;
    }
    bench.console().stream(EditedFile.marked(bytes) ? EditedFile.MARK + after : after);
    return failed > 0 ? ExitCode.PROBLEM : ExitCode.SUCCESS;
  }

  private String formatted(String name, String text) {
    PromptFile file = PromptReader.read(name, text);
    Formatted formatted = Formatter.format(file);
    if (formatted.refusal() != null) {
      tell(formatted.refusal());
    }
    return Edits.apply(text, formatted.edits());
  }

  private void tell(String problem) {
    failed++;
    bench.console().note(problem);
  }
}
