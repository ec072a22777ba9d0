package dev.promptls.app;

import dev.promptls.app.Console.Style;
import dev.promptls.lab.Json;
import dev.promptls.model.ModelException;
import dev.promptls.model.gguf.GgufFile;
import dev.promptls.model.host.CrashRecord;
import dev.promptls.model.onnx.Importer;
import dev.promptls.model.store.Catalogue;
import dev.promptls.model.store.InstalledModel;
import dev.promptls.model.store.ModelReference;
import dev.promptls.model.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// The models on this machine.
@Command(
    name = "model",
    description = "List, pull, import, describe, measure and remove models.",
    synopsisSubcommandLabel = "COMMAND")
final class ModelCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  private ModelCommand() {}

  static CommandLine with(Workbench bench) {
    return new CommandLine(new ModelCommand())
        .addSubcommand(new ListCommand(bench))
        .addSubcommand(new PullCommand(bench))
        .addSubcommand(new ImportCommand(bench))
        .addSubcommand(new InfoCommand(bench))
        .addSubcommand(new BenchCommand(bench))
        .addSubcommand(new RemoveCommand(bench));
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "Name one of list, pull, import, info, bench and remove.");
  }

  private static String megabytes(long bytes) {
    return String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
  }

  /// A model that is installed or can be.
  ///
  /// @param isDefault whether it is used when nobody asks for another
  private record Listed(
      String name,
      boolean installed,
      boolean isDefault,
      @Nullable String parameters,
      long bytes,
      @Nullable String licence,
      @Nullable String path) {}

  /// What is installed, and what can be pulled.
  @Command(name = "list", description = "List installed models, and those that can be pulled.")
  static final class ListCommand implements Callable<Integer> {
    private final Workbench bench;

    @Mixin private final JsonFlag output = new JsonFlag();

    ListCommand(Workbench bench) {
      this.bench = bench;
    }

    @Override
    public Integer call() throws ModelException {
      Store store = bench.store();
      Catalogue.Entry standard = store.catalogue().defaultModel();
      List<Listed> all = new ArrayList<>();
      List<InstalledModel> installed = store.list();
      for (InstalledModel model : installed) {
        all.add(
            new Listed(
                model.name(),
                true,
                model.name().equals(standard.name()),
                null,
                model.bytes(),
                model.licence(),
                model.path().toString()));
      }
      for (Catalogue.Entry entry : store.catalogue().entries()) {
        if (installed.stream().noneMatch(model -> model.name().equals(entry.name()))) {
          all.add(
              new Listed(
                  entry.name(),
                  false,
                  entry.equals(standard),
                  entry.parameters(),
                  entry.bytes(),
                  entry.licence(),
                  null));
        }
      }
      if (output.json) {
        bench.console().line(Json.pretty(all));
      } else {
        all.forEach(this::print);
      }
      return ExitCode.SUCCESS;
    }

    private void print(Listed model) {
      Console console = bench.console();
      String name = "%-36s".formatted(model.name() + (model.isDefault() ? " (default)" : ""));
      console.line(
          "%s %10s  %s%s"
              .formatted(
                  console.styled(model.installed() ? Style.BOLD : Style.DIM, name),
                  megabytes(model.bytes()),
                  model.installed() ? "installed" : "can be pulled",
                  model.licence() == null ? "" : ", " + model.licence()));
    }
  }

  /// Brings a model.
  @Command(name = "pull", description = "Download a model, or bring one from a local path.")
  static final class PullCommand implements Callable<Integer> {
    private final Workbench bench;

    @Parameters(
        paramLabel = "MODEL",
        arity = "0..1",
        description =
            "A name of `model list`, hf:OWNER/REPO/FILE, a URL, or a path; by default the default model.")
    private @Nullable String model;

    @Option(names = "--offline", description = "Never connect to the network.")
    private boolean offline;

    @Mixin private final JsonFlag output = new JsonFlag();

    PullCommand(Workbench bench) {
      this.bench = bench;
    }

    @Override
    public Integer call() throws ModelException {
      Store store = bench.store();
      String asked = model == null ? store.catalogue().defaultModel().name() : model;
      ModelReference reference = ModelReference.parse(asked);
      if (reference instanceof ModelReference.Local(Path path)) {
        checkHeader(path);
      }
      try (PullProgress progress = new PullProgress(bench.console())) {
        InstalledModel installed = store.pull(reference, progress, bench.interrupted(), offline);
        tell(bench, installed, output.json);
      }
      return ExitCode.SUCCESS;
    }
  }

  /// Copies a model into the store.
  @Command(
      name = "import",
      description = "Copy a .gguf file or a folder with an ONNX model into the store.")
  static final class ImportCommand implements Callable<Integer> {
    private final Workbench bench;

    @Parameters(paramLabel = "PATH", description = "The file or folder.")
    private Path path = Path.of("");

    @Mixin private final JsonFlag output = new JsonFlag();

    ImportCommand(Workbench bench) {
      this.bench = bench;
    }

    @Override
    public Integer call() throws ModelException {
      checkHeader(path);
      try (PullProgress progress = new PullProgress(bench.console())) {
        tell(bench, bench.store().importFile(path, progress, bench.interrupted()), output.json);
      }
      return ExitCode.SUCCESS;
    }
  }

  /// Before a byte is copied: a file that cannot be run is refused.
  private static void checkHeader(Path path) throws ModelException {
    if (Files.isRegularFile(path)) {
      try (GgufFile file = GgufFile.open(path)) {
        var _ = Importer.check(file, path.toString());
      }
    }
  }

  private static void tell(Workbench bench, InstalledModel installed, boolean json) {
    if (json) {
      bench.console().line(Json.pretty(installed(installed)));
    } else {
      bench
          .console()
          .line("%s is installed (%s).".formatted(installed.name(), megabytes(installed.bytes())));
    }
  }

  private static Listed installed(InstalledModel model) {
    return new Listed(
        model.name(), true, false, null, model.bytes(), model.licence(), model.path().toString());
  }

  /// Describes a model.
  @Command(name = "info", description = "Describe a model.")
  static final class InfoCommand implements Callable<Integer> {
    private final Workbench bench;

    @Parameters(
        paramLabel = "MODEL",
        arity = "0..1",
        description = "A name, file, folder or remote:NAME.")
    private @Nullable String model;

    @Option(
        names = "--forgive",
        description = "Allow a model again that was set aside because it crashed its process.")
    private boolean forgive;

    @Mixin private final JsonFlag output = new JsonFlag();

    InfoCommand(Workbench bench) {
      this.bench = bench;
    }

    @Override
    public Integer call() throws ModelException, IOException {
      String asked = model == null ? bench.store().catalogue().defaultModel().name() : model;
      ModelDescription described = ModelDescription.of(bench, asked);
      if (forgive && described.sha256() != null) {
        boolean was = new CrashRecord(bench.store().home()).forgive(described.sha256());
        bench.console().note(was ? "It may be used again." : "It was not set aside.");
      }
      if (output.json) {
        bench.console().line(Json.pretty(described));
      } else {
        Json.tree(described)
            .getAsJsonObject()
            .entrySet()
            .forEach(field ->
                bench
                    .console()
                    .line("%-16s %s".formatted(field.getKey(), field.getValue().getAsString())));
      }
      return ExitCode.SUCCESS;
    }
  }

  /// Deletes a model.
  @Command(name = "remove", description = "Delete an installed model.")
  static final class RemoveCommand implements Callable<Integer> {
    private final Workbench bench;

    @Parameters(paramLabel = "MODEL", description = "A name of `model list`.")
    private String model = "";

    RemoveCommand(Workbench bench) {
      this.bench = bench;
    }

    @Override
    public Integer call() throws ModelException {
      bench.store().remove(model);
      bench.console().line(model + " is removed.");
      return ExitCode.SUCCESS;
    }
  }
}
