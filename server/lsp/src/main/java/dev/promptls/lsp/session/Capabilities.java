package dev.promptls.lsp.session;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.promptls.lab.Json;
import dev.promptls.lsp.convert.TokenLegend;
import dev.promptls.lsp.wire.Client;
import dev.promptls.prompt.text.Encoding;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the server offers: in the answer to `initialize`, or registered afterwards where the client
/// allows that.
public final class Capabilities {
  /// One feature.
  ///
  /// @param client where the client speaks of it
  /// @param server the field of the server's capabilities
  /// @param method what is registered
  private record Offer(String client, String server, String method, String options) {}

  private static final List<Offer> OFFERS =
      List.of(
          new Offer("textDocument.hover", "hoverProvider", "textDocument/hover", "{}"),
          new Offer(
              "textDocument.completion",
              "completionProvider",
              "textDocument/completion",
              "{'triggerCharacters':['{','#','/','>','@','.',':',' '],"
                  + "'resolveProvider':true}"),
          new Offer(
              "textDocument.inlineCompletion",
              "inlineCompletionProvider",
              "textDocument/inlineCompletion",
              "{}"),
          new Offer(
              "textDocument.codeLens",
              "codeLensProvider",
              "textDocument/codeLens",
              "{'resolveProvider':true}"),
          new Offer(
              "textDocument.codeAction",
              "codeActionProvider",
              "textDocument/codeAction",
              "{'codeActionKinds':['quickfix','refactor','source'],'resolveProvider':true}"),
          new Offer(
              "textDocument.inlayHint",
              "inlayHintProvider",
              "textDocument/inlayHint",
              "{'resolveProvider':false}"),
          new Offer(
              "textDocument.documentSymbol",
              "documentSymbolProvider",
              "textDocument/documentSymbol",
              "{}"),
          new Offer(
              "textDocument.foldingRange",
              "foldingRangeProvider",
              "textDocument/foldingRange",
              "{}"),
          new Offer(
              "textDocument.selectionRange",
              "selectionRangeProvider",
              "textDocument/selectionRange",
              "{}"),
          new Offer(
              "textDocument.signatureHelp",
              "signatureHelpProvider",
              "textDocument/signatureHelp",
              "{'triggerCharacters':[' ','=']}"),
          new Offer(
              "textDocument.semanticTokens",
              "semanticTokensProvider",
              "textDocument/semanticTokens",
              "{'legend':{'tokenTypes':%t,'tokenModifiers':%m},'full':{'delta':true},'range':true}"),
          new Offer(
              "textDocument.definition", "definitionProvider", "textDocument/definition", "{}"),
          new Offer(
              "textDocument.references", "referencesProvider", "textDocument/references", "{}"),
          new Offer(
              "textDocument.rename",
              "renameProvider",
              "textDocument/rename",
              "{'prepareProvider':true}"),
          new Offer(
              "textDocument.documentHighlight",
              "documentHighlightProvider",
              "textDocument/documentHighlight",
              "{}"),
          new Offer(
              "textDocument.documentLink",
              "documentLinkProvider",
              "textDocument/documentLink",
              "{'resolveProvider':false}"),
          new Offer("workspace.symbol", "workspaceSymbolProvider", "workspace/symbol", "{}"),
          new Offer(
              "workspace.fileOperations",
              "workspace.fileOperations.willRename",
              "workspace/willRenameFiles",
              "{'filters':[{'scheme':'file','pattern':{'glob':'**/*'}}]}"),
          new Offer(
              "textDocument.formatting",
              "documentFormattingProvider",
              "textDocument/formatting",
              "{}"),
          new Offer(
              "textDocument.rangeFormatting",
              "documentRangeFormattingProvider",
              "textDocument/rangeFormatting",
              "{}"),
          new Offer(
              "workspace.executeCommand",
              "executeCommandProvider",
              "workspace/executeCommand",
              "{'commands':%s,'workDoneProgress':true}"),
          new Offer(
              "textDocument.diagnostic",
              "diagnosticProvider",
              "textDocument/diagnostic",
              "{'identifier':'promptls','interFileDependencies':true,"
                  + "'workspaceDiagnostics':false}"),
          new Offer(
              "workspace.textDocumentContent",
              "workspace.textDocumentContent",
              "workspace/textDocumentContent",
              "{'schemes':['promptls']}"));

  /// Prompts, and what they name: rows, and anything that Markdown files link to.
  private static final List<String> WATCHED =
      List.of(
          "**/*.{prompt,prompty,poml,jsonl,json,csv,md}",
          "**/*.prompt.{yml,yaml}",
          "**/.gitignore");

  private final ClientAbilities client;
  private final List<String> commands;

  public Capabilities(ClientAbilities client, List<String> commands) {
    this.client = client;
    this.commands = commands;
  }

  /// The `capabilities` of the answer to `initialize`.
  public JsonObject inAnswer(Encoding encoding) {
    var answer = new JsonObject();
    answer.addProperty("positionEncoding", encoding.name().replace("UTF", "utf-"));
    answer.add("textDocumentSync", json("{'openClose':true,'change':2,'save':true}"));
    answer.add(
        "workspace", json("{'workspaceFolders':{'supported':true,'changeNotifications':true}}"));
    for (Offer offer : OFFERS) {
      if (!client.registers(offer.client())) {
        JsonObject in = answer;
        String[] way = offer.server().split("\\.", -1);
        for (int i = 0; i < way.length - 1; i++) {
          if (!in.has(way[i])) {
            in.add(way[i], new JsonObject());
          }
          in = in.getAsJsonObject(way[i]);
        }
        in.add(way[way.length - 1], options(offer));
      }
    }
    return answer;
  }

  /// Registers what is not in the answer. Nothing is said if there is nothing.
  public void register(Client with) {
    var registrations = new JsonArray();
    for (Offer offer : OFFERS) {
      if (client.registers(offer.client())) {
        JsonObject options = options(offer);
        if (offer.method().startsWith("textDocument/")) {
          // Null means the documents that the client started this server for.
          options.add("documentSelector", null);
        }
        registrations.add(registration(offer.method(), options));
      }
    }
    if (client.registers("workspace.didChangeConfiguration")) {
      registrations.add(
          registration("workspace/didChangeConfiguration", json("{'section':'promptls'}")));
    }
    if (client.registers("workspace.didChangeWatchedFiles")) {
      registrations.add(registration("workspace/didChangeWatchedFiles", watched()));
    }
    if (!registrations.isEmpty()) {
      var params = new JsonObject();
      params.add("registrations", registrations);
      var _ = with.request("client/registerCapability", params, JsonElement.class);
    }
  }

  /// The files of which changes are to be told.
  private static JsonObject watched() {
    var watchers = new JsonArray();
    for (String glob : WATCHED) {
      var watcher = new JsonObject();
      watcher.addProperty("globPattern", glob);
      watchers.add(watcher);
    }
    var options = new JsonObject();
    options.add("watchers", watchers);
    return options;
  }

  private static JsonObject registration(String method, @Nullable JsonObject options) {
    var registration = new JsonObject();
    registration.addProperty("id", "promptls " + method);
    registration.addProperty("method", method);
    registration.add("registerOptions", options);
    return registration;
  }

  private JsonObject options(Offer offer) {
    return json(
        offer
            .options()
            .replace("%s", list(commands))
            .replace("%t", list(TokenLegend.TYPES))
            .replace("%m", list(TokenLegend.MODIFIERS)));
  }

  private static String list(List<String> names) {
    var list = new JsonArray();
    names.forEach(name -> list.add(new JsonPrimitive(name)));
    return list.toString();
  }

  private static JsonObject json(String singleQuoted) {
    return Json.parse(singleQuoted.replace('\'', '"')).getAsJsonObject();
  }
}
