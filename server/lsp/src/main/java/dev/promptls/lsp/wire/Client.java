package dev.promptls.lsp.wire;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// What can be said to the editor. Safe for use by several threads.
public interface Client {
  void notify(String method, Object params);

  /// Asks the client; the answer fails if the client refuses, answers something else, or goes away.
  /// It is completed on the reader's thread: what follows from it and takes time belongs elsewhere.
  <T> CompletableFuture<@Nullable T> request(String method, Object params, Class<T> type);
}
