package dev.promptls.bench;

import dev.promptls.lab.files.FileListing;
import dev.promptls.lab.files.PromptFiles;
import dev.promptls.lab.files.TextFile;
import dev.promptls.model.ModelException;
import dev.promptls.prompt.syntax.PromptReader;
import dev.promptls.prompt.workspace.FactReader;
import dev.promptls.prompt.workspace.FileFacts;
import dev.promptls.prompt.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// What it costs to index a workspace, what the index takes of the heap, and how many files an edit
/// concerns.
public final class WorkspaceCost {
  private static final int FOLDERS = 100;

  private WorkspaceCost() {}

  /// @param arguments the number of files; 5,000 without
  public static void main(String[] arguments) throws IOException, ModelException {
    int count = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 5_000;
    Path root = Files.createTempDirectory("workspace").toRealPath();
    try {
      write(root, count);
      for (int round = 0; round < 3; round++) {
        measure(root);
      }
    } finally {
      try (Stream<Path> files = Files.walk(root)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  /// Every tenth file is a partial; the others call two of their own folder and one that all call.
  private static void write(Path root, int count) throws IOException {
    Files.writeString(root.resolve("_shared.prompt"), "Be brief, {{name}}.\n");
    String filler = "A sentence of the prompt that says what is to be done with it.\n".repeat(30);
    for (int i = 1; i < count; i++) {
      Path folder = Files.createDirectories(root.resolve("team" + i % FOLDERS));
      int number = i / FOLDERS;
      boolean partial = number % 10 == 0;
      String text =
          partial
              ? "{{#each items}}{{title}}: {{text}}\n{{/each}}" + filler
              : """
              ---
              name: prompt-%d
              input:
                schema:
                  name: string, who asks
                  items(array):
                    title: string
                    text: string
                default:
                  name: Ada
              ---
              {{role "system"}}
              {{> shared}} {{> part%d}}
              {{> part%d items=items}}
              {{role "user"}}
              {{#if name}}{{name}} asks:{{/if}}
              """
                      .formatted(i, number / 10 * 10, number / 10 * 10)
                  + filler;
      String name = partial ? "_part" + number + ".prompt" : "prompt" + number + ".prompt";
      Files.writeString(folder.resolve(name), text);
    }
  }

  private static void measure(Path root) throws ModelException {
    long before = heap();
    long start = System.nanoTime();
    Workspace workspace = Workspace.EMPTY.within(List.of(root.toString()));
    for (FileListing.Found found : PromptFiles.below(List.of(root)).files()) {
      workspace = workspace.with(facts(found.real()));
    }
    double indexed = (System.nanoTime() - start) / 1e9;
    double kept = (heap() - before) / 1e6;
    String shared = root + "/_shared.prompt";
    String part = root + "/team7/_part0.prompt";
    FileFacts edited = workspace.file(part);
    double milliseconds = 0;
    int concerned = 0;
    for (int i = 0; i < 1_000; i++) {
      long from = System.nanoTime();
      Workspace after = workspace.without(part);
      after = edited == null ? after : after.with(edited);
      concerned = after.dependentsOf(part).size();
      milliseconds += (System.nanoTime() - from) / 1e6 / 1_000;
    }
    System.out.printf(
        Locale.ROOT,
        "%d files: indexed in %.2f s, %.1f MB more heap; an edit of a partial concerns %d files,"
            + " found in %.3f ms; of one that all call, %d%n",
        workspace.files().size(),
        indexed,
        kept,
        concerned,
        milliseconds,
        workspace.dependentsOf(shared).size());
  }

  private static FileFacts facts(Path file) throws ModelException {
    String path = file.toString();
    return FactReader.read(path, PromptReader.read(path, TextFile.read(file)));
  }

  private static long heap() {
    Runtime runtime = Runtime.getRuntime();
    for (int i = 0; i < 3; i++) {
      runtime.gc();
    }
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
