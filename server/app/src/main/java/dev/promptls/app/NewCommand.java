package dev.promptls.app;

import dev.promptls.app.Console.Style;
import dev.promptls.lsp.GalleryPrompt;
import dev.promptls.model.ModelException;
import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.syntax.PromptReader;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Begins a prompt from one of the gallery.
@Command(
    name = "new",
    description = "Begin a prompt from a template of the gallery; without a name, list them.",
    footer = {
      "",
      "  promptls new                                lists the templates",
      "  promptls new few-shot/sentiment             prints one",
      "  promptls new sentiment --to reviews.prompt  writes it, and rows to test it",
      "",
      "Exit codes: 0 done, 2 usage, 3 a file could not be written; none is ever",
      "overwritten."
    })
final class NewCommand implements Callable<Integer> {
  private final Workbench bench;

  @Spec private @Nullable CommandSpec spec;

  @Parameters(
      paramLabel = "TEMPLATE",
      arity = "0..1",
      description =
          "A template of the gallery; the last part of its name is enough if it is one only.")
  private @Nullable String template;

  @Option(names = "--to", paramLabel = "FILE", description = "The file to write.")
  private @Nullable Path to;

  NewCommand(Workbench bench) {
    this.bench = bench;
  }

  @Override
  public Integer call() throws ModelException {
    List<GalleryPrompt> gallery = Gallery.prompts();
    if (template == null) {
      if (to != null) {
        throw UsageError.of(spec, "Name a template to write to " + to + ".");
      }
      gallery.forEach(this::list);
      return ExitCode.SUCCESS;
    }
    GalleryPrompt chosen = choose(gallery, template);
    if (to == null) {
      bench.console().stream(chosen.text());
    } else {
      write(chosen, to);
    }
    return ExitCode.SUCCESS;
  }

  private void list(GalleryPrompt prompt) {
    Console console = bench.console();
    console.line(
        "%-34s %s"
            .formatted(prompt.name(), console.styled(Style.DIM, prompt.description()))
            .stripTrailing());
  }

  private GalleryPrompt choose(List<GalleryPrompt> gallery, String name) {
    List<GalleryPrompt> found = gallery.stream().filter(each -> each.name().equals(name)).toList();
    if (found.isEmpty()) {
      found = gallery.stream().filter(each -> each.name().endsWith("/" + name)).toList();
    }
    if (found.size() == 1) {
      return found.getFirst();
    }
    throw UsageError.of(
        spec,
        found.isEmpty()
            ? "There is no template %s; `promptls new` lists them.".formatted(name)
            : "There are several templates %s: %s."
                .formatted(
                    name, String.join(", ", found.stream().map(GalleryPrompt::name).toList())));
  }

  /// The rows go where the prompt's front matter looks for them.
  private void write(GalleryPrompt prompt, Path path) throws ModelException {
    PromptFile file = PromptReader.read(prompt.name() + ".prompt", prompt.text());
    String rows = Gallery.rows(prompt.name());
    Object name = file.metadata().get("promptls.tests");
    Path beside = rows != null && name instanceof String tests ? path.resolveSibling(tests) : null;
    NewFile.write(path, prompt.text());
    bench.console().line(path.toString());
    if (beside != null && rows != null) {
      NewFile.write(beside, rows);
      bench.console().line(beside.toString());
    }
  }
}
