package dev.promptls.lsp.session;

import dev.promptls.lab.ModelHandle;
import dev.promptls.lab.Models;
import dev.promptls.model.ModelException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The models that answer, and those that are to take their place once they can.
final class OpenModels implements AutoCloseable {
  private final Supplier<Models> open;
  private @Nullable Kept now;
  private @Nullable Models coming;
  private boolean closed;

  /// @param open opens the models as the settings of the moment ask for them
  OpenModels(Supplier<Models> open) {
    this.open = open;
  }

  /// Models that stay open for as long as somebody uses them.
  static final class Kept {
    final Models models;

    final HeldModels held = new HeldModels();

    /// The one that answered last.
    volatile @Nullable ModelHandle answered;

    // Both are guarded by the OpenModels around this.
    private int users;
    private boolean replaced;

    private Kept(Models models) {
      this.models = models;
    }
  }

  /// Those that answer now.
  synchronized Kept now() throws ModelException {
    if (closed) {
      throw new ModelException("The server is shutting down; start it again to use a model.");
    }
    if (now == null) {
      now = new Kept(open.get());
    }
    return now;
  }

  /// The same, not to be closed before they are given back with [#release].
  synchronized Kept use() throws ModelException {
    Kept used = now();
    used.users++;
    return used;
  }

  void release(Kept used) {
    boolean over;
    synchronized (this) {
      used.users--;
      over = used.replaced && used.users == 0;
    }
    if (over) {
      used.models.close();
    }
  }

  synchronized boolean areOpen() {
    return now != null;
  }

  /// Whether others are being loaded.
  synchronized boolean areChanging() {
    return coming != null;
  }

  /// Opens models that are to take the place of those that answer now, and of all that were to do
  /// so before. Whoever asks for this loads them and says so with [#arrived].
  Models renew() {
    Models next = open.get();
    Models overtaken;
    synchronized (this) {
      overtaken = coming;
      coming = closed ? null : next;
    }
    if (overtaken != null) {
      overtaken.close();
    }
    return next;
  }

  /// Puts renewed models in their place, or away if they do not work.
  ///
  /// @return whether they were still waited for
  @SuppressWarnings("ReferenceEquality") // Others may be equal to them.
  boolean arrived(Models next, boolean works) {
    Models over = next;
    boolean awaited;
    synchronized (this) {
      awaited = next == coming;
      if (awaited) {
        coming = null;
      }
      if (awaited && works && now != null) {
        over = now.users == 0 ? now.models : null;
        now.replaced = true;
        now = new Kept(next);
      }
    }
    if (over != null) {
      over.close();
    }
    return awaited;
  }

  @Override
  public void close() {
    Models left;
    Models expected;
    synchronized (this) {
      closed = true;
      left = now == null ? null : now.models;
      expected = coming;
      coming = null;
    }
    if (expected != null) {
      expected.close();
    }
    if (left != null) {
      left.close();
    }
  }
}
