package dev.promptls.lsp;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.promptls.lsp.feature.CodeActionFeature;
import dev.promptls.lsp.feature.CodeLensFeature;
import dev.promptls.lsp.feature.Commands;
import dev.promptls.lsp.feature.CompletionFeature;
import dev.promptls.lsp.feature.CompletionResolve;
import dev.promptls.lsp.feature.DefinitionFeature;
import dev.promptls.lsp.feature.Diagnostics;
import dev.promptls.lsp.feature.DocumentHighlightFeature;
import dev.promptls.lsp.feature.DocumentLinkFeature;
import dev.promptls.lsp.feature.DocumentSymbolFeature;
import dev.promptls.lsp.feature.Feature;
import dev.promptls.lsp.feature.FoldingRangeFeature;
import dev.promptls.lsp.feature.FormattingFeature;
import dev.promptls.lsp.feature.HoverFeature;
import dev.promptls.lsp.feature.InlayHintFeature;
import dev.promptls.lsp.feature.InlineCompletionFeature;
import dev.promptls.lsp.feature.Moment;
import dev.promptls.lsp.feature.PreviewContent;
import dev.promptls.lsp.feature.ReferencesFeature;
import dev.promptls.lsp.feature.RenameFeature;
import dev.promptls.lsp.feature.RerunOnSave;
import dev.promptls.lsp.feature.SelectionRangeFeature;
import dev.promptls.lsp.feature.SemanticTokensFeature;
import dev.promptls.lsp.feature.SignatureHelpFeature;
import dev.promptls.lsp.feature.WillRenameFilesFeature;
import dev.promptls.lsp.feature.WorkspaceSymbolFeature;
import dev.promptls.lsp.session.Capabilities;
import dev.promptls.lsp.session.ClientAbilities;
import dev.promptls.lsp.session.Diagnoser;
import dev.promptls.lsp.session.DocumentSync;
import dev.promptls.lsp.session.Folders;
import dev.promptls.lsp.session.Indexer;
import dev.promptls.lsp.session.ModelDesk;
import dev.promptls.lsp.session.Notices;
import dev.promptls.lsp.session.Progress;
import dev.promptls.lsp.session.Runs;
import dev.promptls.lsp.session.Session;
import dev.promptls.lsp.session.Settings;
import dev.promptls.lsp.wire.Connection;
import dev.promptls.lsp.wire.ParentWatch;
import dev.promptls.lsp.wire.Routes;
import dev.promptls.model.ModelException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.eclipse.lsp4j.CodeActionParams;
import org.eclipse.lsp4j.CodeLens;
import org.eclipse.lsp4j.CodeLensParams;
import org.eclipse.lsp4j.CompletionItem;
import org.eclipse.lsp4j.CompletionParams;
import org.eclipse.lsp4j.DefinitionParams;
import org.eclipse.lsp4j.DidChangeTextDocumentParams;
import org.eclipse.lsp4j.DidChangeWatchedFilesParams;
import org.eclipse.lsp4j.DidChangeWorkspaceFoldersParams;
import org.eclipse.lsp4j.DidCloseTextDocumentParams;
import org.eclipse.lsp4j.DidOpenTextDocumentParams;
import org.eclipse.lsp4j.DidSaveTextDocumentParams;
import org.eclipse.lsp4j.DocumentDiagnosticParams;
import org.eclipse.lsp4j.DocumentFormattingParams;
import org.eclipse.lsp4j.DocumentHighlightParams;
import org.eclipse.lsp4j.DocumentLinkParams;
import org.eclipse.lsp4j.DocumentRangeFormattingParams;
import org.eclipse.lsp4j.DocumentSymbolParams;
import org.eclipse.lsp4j.FileEvent;
import org.eclipse.lsp4j.FoldingRangeRequestParams;
import org.eclipse.lsp4j.HoverParams;
import org.eclipse.lsp4j.InlayHintParams;
import org.eclipse.lsp4j.InlineCompletionParams;
import org.eclipse.lsp4j.PrepareRenameParams;
import org.eclipse.lsp4j.ReferenceParams;
import org.eclipse.lsp4j.RenameFilesParams;
import org.eclipse.lsp4j.RenameParams;
import org.eclipse.lsp4j.SelectionRangeParams;
import org.eclipse.lsp4j.SemanticTokensDeltaParams;
import org.eclipse.lsp4j.SemanticTokensParams;
import org.eclipse.lsp4j.SemanticTokensRangeParams;
import org.eclipse.lsp4j.SignatureHelpParams;
import org.eclipse.lsp4j.TextDocumentContentParams;
import org.eclipse.lsp4j.WorkspaceSymbolParams;
import org.eclipse.lsp4j.jsonrpc.ResponseErrorException;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseError;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseErrorCode;
import org.jspecify.annotations.Nullable;

/// The language server: which part answers which method.
public final class PromptlsServer {
  private final ServerHost host;
  private final CompletableFuture<Integer> exit = new CompletableFuture<>();
  private final Routes routes = new Routes();
  private final Connection connection;
  private final Session session;
  private final Notices notices;
  private final AskToPull asking;
  private final ModelDesk desk;
  private final Progress progress;
  private final Runs runs;
  private final Diagnostics diagnostics;
  private final Diagnoser diagnoser;
  private final Indexer indexer;
  private final Folders folders;
  private final Commands commands;

  private PromptlsServer(InputStream in, OutputStream out, ServerHost host) {
    this.host = host;
    this.connection = new Connection(in, out, routes);
    this.session = new Session(connection);
    this.notices = new Notices(connection);
    this.asking = new AskToPull(session);
    this.desk =
        new ModelDesk(
            () -> host.models(asking, session.snapshot().settings()),
            host.model(),
            host::mayRead,
            session::refresh,
            this::trouble);
    this.progress = new Progress(session);
    this.runs = new Runs(session, desk, progress);
    this.diagnostics = new Diagnostics(desk);
    this.diagnoser = new Diagnoser(session, diagnostics);
    this.indexer = new Indexer(session, diagnoser);
    this.folders = new Folders(indexer);
    session.onRefresh(diagnoser::refresh);
    this.commands = new Commands(session, runs, host);
    lifecycle();
    documents();
    features();
  }

  /// Serves one client and returns when it has left, or its process has.
  ///
  /// @return the process's exit code: 0 after `shutdown`, else 1
  public static int run(InputStream in, OutputStream out, ServerHost host) {
    var server = new PromptlsServer(in, out, host);
    // A read cannot be interrupted, so it must not be what keeps the process.
    Thread.ofPlatform()
        .daemon()
        .name("reader")
        .start(() -> server.exit.complete(server.connection.listen()));
    try {
      return server.exit.join();
    } finally {
      server.runs.stop(null);
      server.desk.close();
    }
  }

  private void lifecycle() {
    routes
        .request("initialize", JsonElement.class, params -> _ -> initialize(params))
        .request("shutdown", JsonElement.class, _ -> _ -> shutdown())
        .notification("initialized", JsonElement.class, _ -> initialized())
        .notification(
            "workspace/didChangeConfiguration", JsonElement.class, this::configurationChanged)
        .notification("window/workDoneProgress/cancel", JsonElement.class, progress::cancel)
        .notification("$/setTrace", JsonElement.class, _ -> {});
  }

  private void documents() {
    var sync = new DocumentSync(session, diagnoser, indexer);
    var rerun = new RerunOnSave(session, runs, host);
    routes
        .notification("textDocument/didOpen", DidOpenTextDocumentParams.class, sync::open)
        .notification("textDocument/didChange", DidChangeTextDocumentParams.class, sync::change)
        .notification("textDocument/didClose", DidCloseTextDocumentParams.class, sync::close)
        .notification("textDocument/didSave", DidSaveTextDocumentParams.class, rerun::saved)
        .notification(
            "workspace/didChangeWatchedFiles",
            DidChangeWatchedFilesParams.class,
            params -> indexer.changed(params.getChanges().stream().map(FileEvent::getUri).toList()))
        .notification(
            "workspace/didChangeWorkspaceFolders",
            DidChangeWorkspaceFoldersParams.class,
            folders::change);
  }

  private void features() {
    feature("textDocument/hover", HoverParams.class, new HoverFeature());
    feature("textDocument/completion", CompletionParams.class, new CompletionFeature(host));
    feature("completionItem/resolve", CompletionItem.class, new CompletionResolve(host));
    feature(
        "textDocument/inlineCompletion",
        InlineCompletionParams.class,
        new InlineCompletionFeature(session));
    feature("textDocument/codeLens", CodeLensParams.class, new CodeLensFeature());
    feature("codeLens/resolve", CodeLens.class, CodeLensFeature::resolve);
    feature("textDocument/codeAction", CodeActionParams.class, new CodeActionFeature());
    feature("codeAction/resolve", JsonElement.class, CodeActionFeature::resolve);
    feature("textDocument/inlayHint", InlayHintParams.class, new InlayHintFeature());
    feature("textDocument/diagnostic", DocumentDiagnosticParams.class, diagnostics);
    feature("textDocument/documentSymbol", DocumentSymbolParams.class, new DocumentSymbolFeature());
    feature(
        "textDocument/foldingRange", FoldingRangeRequestParams.class, new FoldingRangeFeature());
    feature("textDocument/selectionRange", SelectionRangeParams.class, new SelectionRangeFeature());
    feature("textDocument/signatureHelp", SignatureHelpParams.class, new SignatureHelpFeature());
    var tokens = new SemanticTokensFeature();
    feature("textDocument/semanticTokens/full", SemanticTokensParams.class, tokens::full);
    feature(
        "textDocument/semanticTokens/full/delta", SemanticTokensDeltaParams.class, tokens::delta);
    feature("textDocument/semanticTokens/range", SemanticTokensRangeParams.class, tokens::range);
    feature("textDocument/formatting", DocumentFormattingParams.class, new FormattingFeature());
    feature(
        "textDocument/rangeFormatting",
        DocumentRangeFormattingParams.class,
        FormattingFeature::range);
    feature(
        "workspace/textDocumentContent",
        TextDocumentContentParams.class,
        new PreviewContent(runs, session.virtualDocuments()));
    feature("textDocument/definition", DefinitionParams.class, new DefinitionFeature());
    feature("textDocument/references", ReferenceParams.class, new ReferencesFeature());
    feature("textDocument/prepareRename", PrepareRenameParams.class, RenameFeature::prepare);
    feature("textDocument/rename", RenameParams.class, new RenameFeature());
    feature(
        "textDocument/documentHighlight",
        DocumentHighlightParams.class,
        new DocumentHighlightFeature());
    feature("textDocument/documentLink", DocumentLinkParams.class, new DocumentLinkFeature());
    feature("workspace/symbol", WorkspaceSymbolParams.class, new WorkspaceSymbolFeature());
    feature("workspace/willRenameFiles", RenameFilesParams.class, new WillRenameFilesFeature());
    feature("workspace/executeCommand", JsonElement.class, commands);
  }

  private <P> void feature(String method, Class<P> params, Feature<P> feature) {
    routes.request(
        method,
        params,
        given -> {
          // Taken on the reader's thread: the state that the client meant.
          var snapshot = session.snapshot();
          return cancellation ->
              answer(feature, given, new Moment(snapshot, session.abilities(), desk, cancellation));
        });
  }

  private static <P> @Nullable Object answer(Feature<P> feature, P params, Moment moment)
      throws Exception {
    try {
      return feature.answer(params, moment);
    } catch (ModelException refusal) {
      throw new ResponseErrorException(
          new ResponseError(
              ResponseErrorCode.RequestFailed, String.valueOf(refusal.getMessage()), null));
    }
  }

  private JsonObject initialize(JsonElement params) {
    var abilities = new ClientAbilities(params);
    var given = params instanceof JsonObject object ? object : new JsonObject();
    session.begin(abilities, Settings.read(given.get("initializationOptions")));
    folders.read(given);
    if (given.get("processId") instanceof JsonPrimitive pid && pid.isNumber()) {
      ParentWatch.start(pid.getAsLong(), () -> exit.complete(1));
    }
    var info = new JsonObject();
    info.addProperty("name", "promptls");
    info.addProperty("version", host.version());
    var answer = new JsonObject();
    answer.add(
        "capabilities",
        new Capabilities(abilities, commands.names()).inAnswer(session.snapshot().encoding()));
    answer.add("serverInfo", info);
    return answer;
  }

  private void initialized() {
    Thread.ofVirtual()
        .name("initialized")
        .start(() -> {
          new Capabilities(session.abilities(), commands.names()).register(connection);
          session.snapshot().settings().mistakes().forEach(notices::warn);
          pullSettings();
          indexer.start();
          try {
            desk.warm(session.snapshot());
          } catch (ModelException none) {
            trouble(String.valueOf(none.getMessage()));
          }
        });
  }

  private void trouble(String sentence) {
    if (!asking.declined()) {
      notices.warn(sentence);
    }
  }

  private JsonElement shutdown() {
    runs.stop(null);
    return JsonNull.INSTANCE;
  }

  private void configurationChanged(JsonElement params) {
    JsonElement settings = params instanceof JsonObject object ? object.get("settings") : null;
    if (session.abilities().can("workspace.configuration")) {
      Thread.ofVirtual().name("settings").start(this::pullSettings);
    } else if (settings instanceof JsonObject) {
      apply(settings);
    }
  }

  private void pullSettings() {
    if (!session.abilities().can("workspace.configuration")) {
      return;
    }
    var item = new JsonObject();
    item.addProperty("section", "promptls");
    var items = new JsonArray();
    items.add(item);
    var params = new JsonObject();
    params.add("items", items);
    Function<JsonElement, JsonElement> first =
        answer ->
            answer instanceof JsonArray array && !array.isEmpty()
                ? array.get(0)
                : JsonNull.INSTANCE;
    var _ =
        connection
            .request("workspace/configuration", params, JsonElement.class)
            .thenAcceptAsync(
                answer -> {
                  JsonElement settings = answer == null ? JsonNull.INSTANCE : first.apply(answer);
                  if (settings instanceof JsonObject) {
                    apply(settings);
                  }
                },
                Thread::startVirtualThread);
  }

  private void apply(JsonElement settings) {
    Settings before = session.snapshot().settings();
    session.update(snapshot -> snapshot.with(Settings.read(settings)));
    Settings now = session.snapshot().settings();
    now.mistakes().forEach(notices::warn);
    if (!Objects.equals(before.model(), now.model()) || !before.runsLike(now)) {
      try {
        desk.follow(before, session.snapshot());
      } catch (ModelException none) {
        trouble(String.valueOf(none.getMessage()));
      }
    }
    session.refresh();
  }
}
