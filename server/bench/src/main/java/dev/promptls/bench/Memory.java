package dev.promptls.bench;

import dev.promptls.bench.Report.Row;
import dev.promptls.model.Cancellation;
import dev.promptls.model.GenerateRequest;
import dev.promptls.model.Input;
import dev.promptls.model.Lane;
import dev.promptls.model.ModelException;
import dev.promptls.model.TokenSink;
import dev.promptls.model.host.ChildCommand;
import dev.promptls.model.host.ChildModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Resident memory of the two processes: the server after the gallery was opened, the child after a
/// prefill of 512 tokens with a cache slot of 2,048.
final class Memory implements Measurement {
  private static final int PREFILL = 512;

  /// A slot begins with 1,024 tokens and doubles when it is full.
  private static final int UNTIL_DOUBLED = 1024 - PREFILL + 2;

  @Override
  public Report measure(TestBed bed) throws ModelException, IOException {
    List<Row> rows = new ArrayList<>();
    rows.add(server(bed));
    for (int threads : bed.options().threads()) {
      rows.add(child(bed, threads));
    }
    return new Report(
        "memory",
        rows,
        List.of(
            "MB of 1,000,000 bytes. The server has opened every prompt of the gallery and answered outline, code lenses, inlay hints and hover for each; its model's child runs beside it and is not counted."));
  }

  private static Row server(TestBed bed) throws IOException {
    // Settings cannot name a file, only a model of the store.
    try (LanguageServer server =
        LanguageServer.open(bed.root(), List.of(), Map.of("model", bed.model().name()))) {
      int opened = 0;
      try (Stream<Path> files = Files.walk(bed.root().resolve("prompts"))) {
        for (Path file : files.filter(path -> path.toString().endsWith(".prompt")).toList()) {
          openAndLook(server, file);
          opened++;
        }
      }
      bed.say("opened " + opened + " prompts");
      return ResidentMemory.of(server.pid())
          .row("LSP process, gallery of %d open".formatted(opened));
    }
  }

  /// What an editor asks for when a file is shown.
  private static void openAndLook(LanguageServer server, Path file) throws IOException {
    String uri = file.toUri().toString();
    String text = Files.readString(file);
    server.openDocument(uri, text);
    Map<String, ?> document = Map.of("uri", uri);
    int lines = (int) text.lines().count();
    Map<String, ?> whole = Map.of("start", place(0), "end", place(lines));
    var _ = server.ask("textDocument/documentSymbol", Map.of("textDocument", document));
    var _ = server.ask("textDocument/codeLens", Map.of("textDocument", document));
    var _ = server.ask("textDocument/inlayHint", Map.of("textDocument", document, "range", whole));
    var _ =
        server.ask(
            "textDocument/hover", Map.of("textDocument", document, "position", place(lines / 2)));
  }

  private static Map<String, Integer> place(int line) {
    return Map.of("line", line, "character", 0);
  }

  private static Row child(TestBed bed, int threads) throws ModelException, IOException {
    ChildCommand command = new ChildCommand("dev.promptls.app.Main", "model-host");
    try (ChildModel child = ChildModel.open(bed.host(threads), command)) {
      var _ =
          child.generate(
              GenerateRequest.greedy(
                      new Input.Ids(Passage.of(bed).take(PREFILL, 0)), UNTIL_DOUBLED, Lane.COMMAND)
                  .ignoringEnd(),
              TokenSink.NONE,
              new Cancellation());
      return ResidentMemory.of(child.pid())
          .row(
              "child, prefill of %d, slot of 2048, %d thread%s"
                  .formatted(PREFILL, threads, threads == 1 ? "" : "s"));
    }
  }
}
