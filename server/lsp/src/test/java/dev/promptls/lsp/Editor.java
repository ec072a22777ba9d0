package dev.promptls.lsp;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// An editor with one open document, in which `$0` marks the cursor.
final class Editor implements AutoCloseable {
  static final String URI = "file:///work/test.prompt";

  final RawClient client;
  private String uri = URI;
  private String text = "";
  private int cursor;
  private int version;

  private Editor(RawClient client) {
    this.client = client;
  }

  /// An editor that has said hello.
  ///
  /// @param capabilities of the client, as JSON with single quotes
  static Editor of(FakeModel model, String capabilities) {
    return of(new FakeHost(model), capabilities);
  }

  static Editor of(FakeHost host, String capabilities) {
    var client = RawClient.of((in, out) -> PromptlsServer.run(in, out, host));
    client.answering("workspace/applyEdit", _ -> JsonParser.parseString("{'applied':true}"));
    var editor = new Editor(client);
    client.result("initialize", "{'capabilities':" + capabilities + "}");
    client.notify("initialized", new JsonObject());
    return editor;
  }

  static Editor of(FakeModel model) {
    return of(model, "{}");
  }

  Editor open(String marked) {
    return open(marked, "promptls");
  }

  /// Opens a dotprompt under another URI, which the editor goes on with.
  Editor openAs(String other, String marked) {
    uri = other;
    return open(marked);
  }

  Editor open(String marked, String languageId) {
    mark(marked);
    var document = new JsonObject();
    document.addProperty("uri", uri);
    document.addProperty("languageId", languageId);
    document.addProperty("version", ++version);
    document.addProperty("text", text);
    var params = new JsonObject();
    params.add("textDocument", document);
    client.notify("textDocument/didOpen", params);
    return this;
  }

  /// Replaces everything.
  Editor type(String marked) {
    mark(marked);
    var change = new JsonObject();
    change.addProperty("text", text);
    var changes = new JsonArray();
    changes.add(change);
    var document = id();
    document.addProperty("version", ++version);
    var params = new JsonObject();
    params.add("textDocument", document);
    params.add("contentChanges", changes);
    client.notify("textDocument/didChange", params);
    return this;
  }

  private void mark(String marked) {
    cursor = Math.max(0, marked.indexOf("$0"));
    text = marked.replace("$0", "");
  }

  private JsonObject id() {
    var id = new JsonObject();
    id.addProperty("uri", uri);
    return id;
  }

  JsonObject here() {
    var params = new JsonObject();
    params.add("textDocument", id());
    params.add("position", position());
    return params;
  }

  private JsonObject position() {
    int line = (int) text.substring(0, cursor).chars().filter(c -> c == '\n').count();
    var position = new JsonObject();
    position.addProperty("line", line);
    position.addProperty("character", cursor - text.lastIndexOf('\n', cursor - 1) - 1);
    return position;
  }

  /// What a range of the document says.
  String text(JsonObject range) {
    return text.substring(
        offset(range.getAsJsonObject("start")), offset(range.getAsJsonObject("end")));
  }

  /// What the document would be with something else in a range.
  String edited(JsonObject range, String replacement) {
    return text.substring(0, offset(range.getAsJsonObject("start")))
        + replacement
        + text.substring(offset(range.getAsJsonObject("end")));
  }

  private int offset(JsonObject position) {
    int start = 0;
    for (int line = 0; line < position.get("line").getAsInt(); line++) {
      start = text.indexOf('\n', start) + 1;
    }
    return start + position.get("character").getAsInt();
  }

  JsonElement at(String method) {
    return client.call(method, here());
  }

  /// The whole document as a range, for methods that take one.
  JsonArray over(String method) {
    var params = here();
    params.add(
        "range",
        JsonParser.parseString(
            "{'start':{'line':0,'character':0},'end':{'line':9999,'character':0}}"));
    params.add("context", JsonParser.parseString("{'diagnostics':[]}"));
    return client.call(method, params).getAsJsonArray();
  }

  String hover() {
    JsonElement hover = at("textDocument/hover");
    return hover.isJsonNull()
        ? ""
        : hover.getAsJsonObject().getAsJsonObject("contents").get("value").getAsString();
  }

  List<JsonObject> completions() {
    var items = new ArrayList<JsonObject>();
    at("textDocument/completion")
        .getAsJsonObject()
        .getAsJsonArray("items")
        .forEach(item -> items.add(item.getAsJsonObject()));
    return items;
  }

  /// The completion of a label.
  JsonObject completion(String label) {
    List<JsonObject> items = completions();
    return items.stream()
        .filter(item -> item.get("label").getAsString().equals(label))
        .findFirst()
        .orElseThrow(() -> new AssertionError(label + " is not among " + items));
  }

  List<String> labels() {
    return completions().stream().map(item -> item.get("label").getAsString()).toList();
  }

  /// The pushed finding of a code, as soon as it is there.
  JsonObject diagnostic(String code) {
    for (JsonElement each : published(code)) {
      if (each.getAsJsonObject().get("code").getAsString().equals(code)) {
        return each.getAsJsonObject();
      }
    }
    throw new AssertionError("No " + code);
  }

  /// The codes that are pushed together with one of them.
  List<String> diagnostics(String code) {
    var codes = new ArrayList<String>();
    published(code).forEach(each -> codes.add(each.getAsJsonObject().get("code").getAsString()));
    return codes;
  }

  private JsonArray published(String code) {
    return client
        .awaitNotification(
            "textDocument/publishDiagnostics",
            params -> params.toString().contains("\"code\":\"" + code + "\""))
        .getAsJsonArray("diagnostics");
  }

  JsonObject command(String name, String argument) {
    JsonObject arguments = JsonParser.parseString(argument).getAsJsonObject();
    if (!arguments.has("uri")) {
      arguments.addProperty("uri", uri);
    }
    var list = new JsonArray();
    list.add(arguments);
    var params = new JsonObject();
    params.addProperty("command", name);
    params.add("arguments", list);
    params.add("workDoneToken", new JsonPrimitive("work"));
    return params;
  }

  JsonElement execute(String name, String argument) {
    return client.call("workspace/executeCommand", command(name, argument));
  }

  @Override
  public void close() throws IOException {
    client.close();
  }
}
