package dev.promptls.app;

import com.google.gson.JsonElement;
import dev.promptls.lab.Json;
import dev.promptls.lab.Models;
import dev.promptls.lab.models.Pulling;
import dev.promptls.lsp.GalleryPrompt;
import dev.promptls.lsp.PromptlsServer;
import dev.promptls.lsp.PullConsent;
import dev.promptls.lsp.ServerHost;
import dev.promptls.model.ModelException;
import dev.promptls.model.store.Progress;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Speaks LSP over standard input and output.
@Command(name = "serve", description = "Speak the language server protocol over stdin and stdout.")
final class ServeCommand implements Callable<Integer> {
  private final Workbench bench;

  @Mixin private final ModelFlags flags = new ModelFlags();

  /// Editors give it by habit; there is no other way.
  @Option(names = "--stdio", description = "Does nothing: the server always speaks over stdio.")
  void stdio(boolean given) {}

  ServeCommand(Workbench bench) {
    this.bench = bench;
  }

  @Override
  public Integer call() {
    OutputStream protocol = bench.console().out();
    // Whatever a library prints must not reach the protocol.
    System.setOut(bench.console().err());
    return PromptlsServer.run(bench.console().in(), protocol, new Host());
  }

  private final class Host implements ServerHost {
    @Override
    public Models models(PullConsent consent) {
      try {
        return bench.models(flags, new AskedPulling(consent));
      } catch (ModelException e) {
        return new BrokenModels(e);
      }
    }

    @Override
    public List<GalleryPrompt> gallery() {
      return Gallery.prompts();
    }

    @Override
    public JsonElement modelInfo(String model) throws ModelException {
      return Json.tree(ModelDescription.of(bench, model));
    }

    @Override
    public String version() {
      return Version.TEXT;
    }
  }

  private record AskedPulling(PullConsent consent) implements Pulling {
    @Override
    public boolean mayPull(String model, long bytes) {
      return consent.mayPull(model, bytes);
    }

    @Override
    public Progress progress() {
      return Progress.NONE;
    }
  }
}
