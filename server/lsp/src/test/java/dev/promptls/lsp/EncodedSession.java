package dev.promptls.lsp;

import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseErrorCode;

/// A session in one position encoding, in which places are offsets and replies speak of offsets.
final class EncodedSession implements AutoCloseable {
  private final RawClient client;
  private final String encoding;
  private final Map<String, String> texts = new HashMap<>();
  private final Offsets offsets;
  private int version;

  /// @param folder of the workspace, as a URI
  /// @param files of it by URI, those on the disk
  EncodedSession(String encoding, String folder, Map<String, String> files) {
    this.encoding = encoding;
    this.texts.putAll(files);
    this.offsets = new Offsets(texts, encoding);
    var model = new FakeModel(prompt -> " positive\nReview: more");
    this.client = RawClient.of((in, out) -> PromptlsServer.run(in, out, new FakeHost(model)));
    client.result(
        "initialize",
        """
        {'capabilities': {
          'general': {'positionEncodings': ['%s']},
          'workspace': {'workspaceEdit':
            {'documentChanges': true, 'resourceOperations': ['rename', 'create']}},
          'textDocument': {'publishDiagnostics': {'relatedInformation': true},
            'codeAction': {'resolveSupport': {'properties': ['edit']}, 'dataSupport': true,
              'codeActionLiteralSupport': {'codeActionKind': {'valueSet': ['quickfix']}}}}},
         'workspaceFolders': [{'uri': '%s', 'name': 'ws'}]}\
        """
            .formatted(encoding, folder));
    client.notify("initialized", new JsonObject());
  }

  /// Opens a document and gives the findings that are pushed.
  JsonElement open(String uri, String languageId, String text) {
    texts.put(uri, text);
    JsonObject document = document(uri);
    document.addProperty("languageId", languageId);
    document.addProperty("version", ++version);
    document.addProperty("text", text);
    var params = new JsonObject();
    params.add("textDocument", document);
    send("textDocument/didOpen", params);
    return pushed(uri);
  }

  /// Replaces a stretch of a document and gives the findings that are pushed.
  JsonElement edit(String uri, int start, int end, String replacement) {
    String text = text(uri);
    var change = new JsonObject();
    change.add("range", offsets.in(uri).range(start, end));
    change.addProperty("text", replacement);
    var changes = new JsonArray();
    changes.add(change);
    JsonObject document = document(uri);
    document.addProperty("version", ++version);
    var params = new JsonObject();
    params.add("textDocument", document);
    params.add("contentChanges", changes);
    send("textDocument/didChange", params);
    texts.put(uri, text.substring(0, start) + replacement + text.substring(end));
    return pushed(uri);
  }

  void close(String uri) {
    send("textDocument/didClose", about(uri));
    texts.remove(uri);
  }

  String text(String uri) {
    return offsets.in(uri).text();
  }

  private JsonElement pushed(String uri) {
    JsonObject said =
        client.awaitNotification(
            "textDocument/publishDiagnostics",
            params ->
                params.get("uri").getAsString().equals(uri)
                    && params.get("version").getAsInt() == version);
    return offsets.of(said.get("diagnostics"), uri);
  }

  /// A question about a document.
  JsonObject about(String uri) {
    var params = new JsonObject();
    params.add("textDocument", document(uri));
    return params;
  }

  /// A question about a place.
  JsonObject at(String uri, int offset, String more) {
    JsonObject params = JsonParser.parseString(more).getAsJsonObject();
    params.add("textDocument", document(uri));
    params.add("position", offsets.in(uri).position(offset));
    return params;
  }

  /// A question about a stretch of a document.
  JsonObject over(String uri, int start, int end, String more) {
    JsonObject params = JsonParser.parseString(more).getAsJsonObject();
    params.add("textDocument", document(uri));
    params.add("range", offsets.in(uri).range(start, end));
    return params;
  }

  /// The reply as it came; JSON's null for a refusal, which is no matter of places, unless the
  /// server itself failed.
  JsonElement ask(String method, JsonObject params) {
    JsonObject reply = client.awaitReply(client.ask(method, params));
    if (!reply.has("error")) {
      return reply.get("result");
    }
    assertNotEquals(
        ResponseErrorCode.InternalError.getValue(), RawClient.errorCode(reply), reply::toString);
    return JsonNull.INSTANCE;
  }

  /// The reply in offsets.
  JsonElement places(String method, JsonObject params, String uri) {
    return offsets.of(ask(method, params), uri);
  }

  JsonElement tokens(JsonElement data, String uri) {
    return offsets.tokens(data, uri);
  }

  JsonElement offsets(JsonElement reply, String uri) {
    return offsets.of(reply, uri);
  }

  private static JsonObject document(String uri) {
    var document = new JsonObject();
    document.add("uri", new JsonPrimitive(uri));
    return document;
  }

  /// Sends in ASCII: half a surrogate pair has no bytes in UTF-8, but an escape in JSON.
  private void send(String method, JsonObject params) {
    var message = new JsonObject();
    message.addProperty("jsonrpc", "2.0");
    message.addProperty("method", method);
    message.add("params", params);
    var ascii = new StringBuilder();
    message
        .toString()
        .chars()
        .forEach(c -> ascii.append(c < 128 ? String.valueOf((char) c) : "\\u%04x".formatted(c)));
    client.send(ascii.toString());
  }

  @Override
  public String toString() {
    return encoding;
  }

  @Override
  public void close() throws IOException {
    client.close();
  }
}
