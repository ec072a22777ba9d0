package dev.promptls.lsp.session;

import dev.promptls.model.Cancellation;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.eclipse.lsp4j.Diagnostic;
import org.eclipse.lsp4j.PublishDiagnosticsParams;
import org.jspecify.annotations.Nullable;

/// Pushes findings to clients that do not ask for them, never on the reader's thread: at once as
/// long as that is cheap, else a moment after the last keystroke. What the client asks right after
/// a keystroke goes first, as somebody waits for that.
public final class Diagnoser {
  /// After a keystroke, where findings take longer than [#QUICK].
  private static final Duration PAUSE = Duration.ofMillis(60);

  private static final Duration QUICK = Duration.ofMillis(20);

  /// Until what is asked together with a change has come in and is mostly answered.
  private static final Duration AFTER_ANSWERS = Duration.ofMillis(5);

  /// What the last findings took.
  private volatile Duration cost = Duration.ZERO;

  private final Session session;
  private final Findings findings;
  // One after the other, so that the findings of an older text never overtake those of a newer one.
  private final ExecutorService publishing =
      Executors.newSingleThreadExecutor(Thread.ofVirtual().name("diagnostics").factory());

  /// Paths of documents whose dependents are still to be looked for.
  private final Set<String> edited = ConcurrentHashMap.newKeySet();

  private final ExecutorService looking =
      Executors.newSingleThreadExecutor(Thread.ofVirtual().name("dependents").factory());

  public Diagnoser(Session session, Findings findings) {
    this.session = session;
    this.findings = findings;
  }

  /// What is to be said of a document.
  @FunctionalInterface
  public interface Findings {
    List<Diagnostic> of(Document document, Snapshot snapshot, Cancellation cancellation);
  }

  void opened(Document document) {
    later(document.uri(), document.version(), Duration.ZERO);
  }

  void changed(Document document) {
    later(document.uri(), document.version(), cost.compareTo(QUICK) < 0 ? AFTER_ANSWERS : PAUSE);
    dependents(document);
  }

  /// Checks again what depends on a document; that asks nothing of the document itself.
  private void dependents(Document document) {
    String path = document.path();
    if (path == null || session.snapshot().documents().size() < 2) {
      return;
    }
    // Once for all edits that come before it is its turn.
    if (edited.add(path)) {
      looking.execute(() -> {
        edited.remove(path);
        refresh(session.snapshot().workspaceWithout(document.uri()).dependentsOf(path));
      });
    }
  }

  /// Says again what is to be said of the open documents at some paths.
  void refresh(Set<String> paths) {
    boolean any = false;
    for (Document document : session.snapshot().documents().values()) {
      if (document.path() != null && paths.contains(document.path())) {
        any = true;
        changedAround(document);
      }
    }
    if (any) {
      session.refreshCounts();
    }
    if (any && !pushes()) {
      session.refreshDiagnostics();
    }
  }

  private void changedAround(Document document) {
    later(document.uri(), document.version(), PAUSE);
    session.virtualDocuments().changed(document);
  }

  void closed(String uri) {
    if (pushes()) {
      publishing.execute(() -> publish(uri, List.of(), null));
    }
  }

  /// Says again what is to be said of a document: settings, counts or answers have changed.
  ///
  /// @param uri null for all
  public void refresh(@Nullable String uri) {
    for (Document document : session.snapshot().documents().values()) {
      if (uri == null || uri.equals(document.uri())) {
        opened(document);
      }
    }
  }

  private boolean pushes() {
    return !session.abilities().has("textDocument.diagnostic");
  }

  private void later(String uri, int version, Duration pause) {
    if (pushes()) {
      Later.run(pause, () -> publishing.execute(() -> publish(uri, version)));
    }
  }

  private void publish(String uri, int version) {
    Snapshot snapshot = session.snapshot();
    Document document = snapshot.documents().get(uri);
    if (document != null && document.version() == version) {
      long start = System.nanoTime();
      List<Diagnostic> found = findings.of(document, snapshot, new Cancellation());
      cost = Duration.ofNanos(System.nanoTime() - start);
      publish(uri, found, version);
    }
  }

  private void publish(String uri, List<Diagnostic> diagnostics, @Nullable Integer version) {
    var params = new PublishDiagnosticsParams(uri, diagnostics);
    if (version != null) {
      params.setVersion(version);
    }
    session.client().notify("textDocument/publishDiagnostics", params);
  }
}
