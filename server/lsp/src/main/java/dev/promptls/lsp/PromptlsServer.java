package dev.promptls.lsp;

import dev.promptls.lsp.wire.Connection;
import dev.promptls.lsp.wire.Routes;
import java.io.InputStream;
import java.io.OutputStream;

/// The language server.
public final class PromptlsServer {
  private PromptlsServer() {}

  /// Serves one client and returns when it has left, or its process has.
  ///
  /// @return the process's exit code: 0 after `shutdown`, else 1
  public static int run(InputStream in, OutputStream out, ServerHost host) {
    return new Connection(in, out, new Routes()).listen();
  }
}
