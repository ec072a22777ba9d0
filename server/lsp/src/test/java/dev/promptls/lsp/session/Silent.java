package dev.promptls.lsp.session;

import dev.promptls.lsp.wire.Client;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// A client that answers nothing.
final class Silent implements Client {
  @Override
  public void notify(String method, Object params) {}

  @Override
  public <T> CompletableFuture<@Nullable T> request(String method, Object params, Class<T> type) {
    return CompletableFuture.failedFuture(new IllegalStateException("silent"));
  }
}
