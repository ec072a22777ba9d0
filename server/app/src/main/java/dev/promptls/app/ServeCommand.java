package dev.promptls.app;

import dev.promptls.lsp.PromptlsServer;
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
    return PromptlsServer.run(
        bench.console().in(), bench.console().out(), new EditorHost(bench.beforeModels(), flags));
  }
}
