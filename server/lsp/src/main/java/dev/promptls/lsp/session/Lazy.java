package dev.promptls.lsp.session;

import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A value worked out when it is first asked for, and once.
final class Lazy<T> {
  private @Nullable Supplier<T> source;
  private volatile @Nullable T value;

  Lazy(Supplier<T> source) {
    this.source = source;
  }

  /// The value if it is known already; never waits.
  @Nullable T now() {
    return value;
  }

  synchronized T get() {
    if (value == null && source != null) {
      value = source.get();
      source = null;
    }
    return Objects.requireNonNull(value);
  }
}
