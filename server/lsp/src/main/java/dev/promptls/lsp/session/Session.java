package dev.promptls.lsp.session;

import com.google.gson.JsonObject;
import dev.promptls.lsp.wire.Client;
import dev.promptls.prompt.text.Encoding;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The one thing that changes: which [Snapshot] is the current one.
public final class Session {
  private final Client client;
  private final VirtualDocuments virtual = new VirtualDocuments(this);
  private volatile Snapshot current = Snapshot.EMPTY;
  private volatile Consumer<@Nullable String> refreshed = _ -> {};
  private volatile ClientAbilities abilities = new ClientAbilities(new JsonObject());

  public Session(Client client) {
    this.client = client;
  }

  public Snapshot snapshot() {
    return current;
  }

  public Client client() {
    return client;
  }

  public VirtualDocuments virtualDocuments() {
    return virtual;
  }

  public ClientAbilities abilities() {
    return abilities;
  }

  /// Whether a document has not been changed or closed since.
  public boolean isCurrent(Document document) {
    return snapshot().documents().get(document.uri()) == document;
  }

  public void begin(ClientAbilities client, Settings settings) {
    abilities = client;
    Encoding encoding = client.encoding();
    update(snapshot -> snapshot.with(encoding).with(settings));
  }

  public synchronized void update(UnaryOperator<Snapshot> change) {
    current = change.apply(current);
  }

  /// Keeps what a model answered, unless the document has been closed.
  void keep(String uri, BiFunction<Document, Results, Results> change) {
    update(snapshot -> {
      Document document = snapshot.documents().get(uri);
      return document == null
          ? snapshot
          : snapshot.with(uri, change.apply(document, snapshot.results(document)));
    });
    refreshResults(uri);
  }

  /// Forgets the answers to a document, or to all.
  public void forgetResults(@Nullable String uri) {
    update(snapshot -> {
      Snapshot cleared = snapshot;
      for (String each : snapshot.results().keySet()) {
        cleared = uri == null || uri.equals(each) ? cleared.with(each, (Results) null) : cleared;
      }
      return cleared;
    });
    refreshColours();
    refreshResults(uri);
  }

  public void setActiveInput(String uri, JsonObject input) {
    update(snapshot -> snapshot.with(uri, input));
  }

  /// Has something done each time when what is shown of a document is no longer what it was: told
  /// its URI, or null for all.
  public void onRefresh(Consumer<@Nullable String> listener) {
    refreshed = listener;
  }

  /// Has the client ask again for everything that shows counts or answers.
  public void refresh() {
    refreshShown(null);
    snapshot().documents().values().forEach(virtual::changed);
  }

  private void refreshShown(@Nullable String uri) {
    refreshed.accept(uri);
    refreshCounts();
    refreshDiagnostics();
  }

  /// Has the client ask again for what stands in the text.
  void refreshCounts() {
    refresh("workspace.codeLens", "workspace/codeLens/refresh");
    refresh("workspace.inlayHint", "workspace/inlayHint/refresh");
  }

  /// Has a client that asks for findings ask again.
  void refreshDiagnostics() {
    refresh("workspace.diagnostics", "workspace/diagnostic/refresh");
  }

  private void refreshResults(@Nullable String uri) {
    refreshShown(uri);
    if (uri != null) {
      virtual.refresh(uri);
    }
  }

  /// Has the client ask again for colours.
  public void refreshColours() {
    refresh("workspace.semanticTokens", "workspace/semanticTokens/refresh");
  }

  private void refresh(String ability, String method) {
    if (abilities.can(ability + ".refreshSupport")) {
      var _ = client.request(method, new JsonObject(), Object.class);
    }
  }
}
