package dev.promptls.app;

import dev.promptls.lab.Json;
import dev.promptls.lab.run.RenderDocument;
import dev.promptls.lsp.GalleryPrompt;
import dev.promptls.lsp.PromptlsServer;
import dev.promptls.prompt.render.RenderOptions;
import dev.promptls.prompt.render.Renderer;
import dev.promptls.prompt.syntax.PromptReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// Does what a start does and ends, so that the launcher can record which classes that needs.
@Command(name = "training-run", hidden = true)
final class TrainingRun implements Callable<Integer> {
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
  public Integer call() {
    String help = Main.commandLine(bench).getUsageMessage();
    for (GalleryPrompt prompt : Gallery.prompts()) {
      var file = PromptReader.read(prompt.name(), prompt.text());
      help += Json.line(RenderDocument.of(Renderer.render(file, RenderOptions.DEFAULT)));
    }
    ByteArrayOutputStream requests = new ByteArrayOutputStream();
    for (String message : SESSION) {
      String frame =
          "Content-Length: " + message.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n";
      requests.writeBytes((frame + message).getBytes(StandardCharsets.UTF_8));
    }
    return help.isEmpty()
        ? ExitCode.PROBLEM
        : PromptlsServer.run(
            new ByteArrayInputStream(requests.toByteArray()),
            OutputStream.nullOutputStream(),
            new EditorHost(bench, new ModelFlags()));
  }
}
