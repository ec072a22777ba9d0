package dev.promptls.app;

import dev.promptls.lsp.PromptlsServer;
import dev.promptls.model.Cancellation;
import dev.promptls.model.GenerateRequest;
import dev.promptls.model.Input;
import dev.promptls.model.Lane;
import dev.promptls.model.ModelException;
import dev.promptls.model.TokenSink;
import dev.promptls.model.decode.Engine;
import dev.promptls.model.decode.EngineSettings;
import dev.promptls.model.gguf.GgufFile;
import dev.promptls.model.onnx.Importer;
import dev.promptls.model.onnx.ModelFolder;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/// Does in one process what the program and its child do when they start, with a tiny random model
/// in a folder of its own, so that the launcher can record which classes that needs.
@Command(name = "training-run", hidden = true)
final class TrainingRun implements Callable<Integer> {
  private static final String MODEL = "micro-q8_0.gguf";
  private static final String PROMPT = "{{role \"user\"}}\nSay hello to {{name}}.\n";
  private static final List<String> SESSION =
      List.of(
          "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"capabilities\":{}}}",
          "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"shutdown\"}",
          "{\"jsonrpc\":\"2.0\",\"method\":\"exit\"}");

  private final Workbench bench;

  TrainingRun(Workbench bench) {
    this.bench = bench;
  }

  @Override
  public Integer call() throws IOException, ModelException {
    Path folder = Files.createTempDirectory("promptls-training");
    try {
      Path model = folder.resolve(MODEL);
      try (InputStream in = TrainingRun.class.getResourceAsStream(MODEL)) {
        Files.copy(Objects.requireNonNull(in), model);
      }
      Path prompt = Files.writeString(folder.resolve("hello.prompt"), PROMPT);
      Workbench quiet = quiet(folder);
      PromptlsServer.run(
          session(), OutputStream.nullOutputStream(), new EditorHost(quiet, new ModelFlags()));
      int code =
          Main.commandLine(quiet)
              .execute("run", prompt.toString(), "--model", model.toString(), "--max-tokens", "4");
      asChild(model, Files.createDirectory(folder.resolve("imported-here")));
      return code;
    } finally {
      delete(folder);
    }
  }

  private Workbench quiet(Path folder) {
    Map<String, String> environment = new HashMap<>(bench.console().environment());
    environment.put("PROMPTLS_HOME", folder.resolve("home").toString());
    environment.put("PROMPTLS_CONFIG", folder.resolve("settings.json").toString());
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    Console console =
        new Console(InputStream.nullInputStream(), nowhere, nowhere, false, false, environment);
    return new Workbench(console, bench.child(), bench.interrupted());
  }

  private static InputStream session() {
    ByteArrayOutputStream requests = new ByteArrayOutputStream();
    for (String message : SESSION) {
      byte[] body = message.getBytes(StandardCharsets.UTF_8);
      requests.writeBytes(
          ("Content-Length: " + body.length + "\r\n\r\n").getBytes(StandardCharsets.UTF_8));
      requests.writeBytes(body);
    }
    return new ByteArrayInputStream(requests.toByteArray());
  }

  private static void asChild(Path model, Path imported) throws ModelException, IOException {
    try (GgufFile file = GgufFile.open(model)) {
      Importer.write(file, MODEL, imported);
    }
    try (Engine engine = Engine.open(ModelFolder.open(imported), EngineSettings.withThreads(1))) {
      var _ =
          engine.generate(
              GenerateRequest.greedy(new Input.Text("Hello"), 4, Lane.COMMAND),
              TokenSink.NONE,
              new Cancellation());
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
