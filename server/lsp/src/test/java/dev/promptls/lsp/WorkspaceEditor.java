package dev.promptls.lsp;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// An editor with a folder of files open in it. The files are written one after the other, `==
/// name` begins each; the one with the mark `$0` is opened, with the cursor there.
final class WorkspaceEditor implements AutoCloseable {
  final RawClient client;
  private final Path folder;
  private String cursorFile = "";
  private int cursor;
  private int version;

  private WorkspaceEditor(Path folder, RawClient client) {
    this.folder = folder;
    this.client = client;
  }

  /// @param capabilities of the client, as JSON with single quotes
  static WorkspaceEditor of(Path folder, String capabilities, String files) throws IOException {
    String uri = folder.toRealPath().toUri().toString().replaceFirst("/$", "");
    return start(
        folder,
        "{'capabilities':%s,'workspaceFolders':[{'uri':'%s','name':'ws'}]}"
            .formatted(capabilities, uri),
        files);
  }

  /// An editor that has the files open without a folder around them.
  static WorkspaceEditor alone(Path folder, String files) throws IOException {
    return start(folder, "{'capabilities':{}}", files);
  }

  private static WorkspaceEditor start(Path folder, String initialize, String files)
      throws IOException {
    var client =
        RawClient.of(
            (in, out) -> PromptlsServer.run(in, out, new FakeHost(new FakeModel(prompt -> "x"))));
    var editor = new WorkspaceEditor(folder.toRealPath(), client);
    for (String part : files.split("(?m)^== ", -1)) {
      int line = part.indexOf('\n');
      if (line > 0) {
        editor.write(part.substring(0, line), part.substring(line + 1));
      }
    }
    client.result("initialize", initialize);
    client.notify("initialized", new JsonObject());
    if (!editor.cursorFile.isEmpty()) {
      editor.open(editor.cursorFile);
    }
    return editor;
  }

  void write(String name, String marked) throws IOException {
    int at = marked.indexOf("$0");
    if (at >= 0) {
      cursorFile = name;
      cursor = at;
    }
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, marked.replace("$0", ""));
  }

  String uri(String name) {
    return folder.resolve(name).toUri().toString().replaceFirst("/$", "");
  }

  String text(String name) throws IOException {
    return Files.readString(folder.resolve(name));
  }

  void open(String name) throws IOException {
    var document = id(name);
    document.addProperty("languageId", "");
    document.addProperty("version", ++version);
    document.addProperty("text", text(name));
    var params = new JsonObject();
    params.add("textDocument", document);
    client.notify("textDocument/didOpen", params);
  }

  /// Replaces the text in the editor, not on the disk.
  void type(String name, String text) {
    var change = new JsonObject();
    change.addProperty("text", text);
    var changes = new JsonArray();
    changes.add(change);
    var document = id(name);
    document.addProperty("version", ++version);
    var params = new JsonObject();
    params.add("textDocument", document);
    params.add("contentChanges", changes);
    client.notify("textDocument/didChange", params);
  }

  /// Tells that files on the disk have changed.
  void touched(String... names) {
    var changes = new JsonArray();
    for (String name : names) {
      var change = new JsonObject();
      change.addProperty("uri", uri(name));
      change.addProperty("type", 2);
      changes.add(change);
    }
    var params = new JsonObject();
    params.add("changes", changes);
    client.notify("workspace/didChangeWatchedFiles", params);
  }

  private JsonObject id(String name) {
    var id = new JsonObject();
    id.addProperty("uri", uri(name));
    return id;
  }

  /// Asks about the cursor.
  JsonElement ask(String method, String more) throws IOException {
    return client.call(method, question(more));
  }

  JsonObject question(String more) throws IOException {
    String before = text(cursorFile).substring(0, cursor);
    var position = new JsonObject();
    position.addProperty("line", (int) before.chars().filter(c -> c == '\n').count());
    position.addProperty("character", cursor - before.lastIndexOf('\n') - 1);
    var params = JsonParser.parseString(more).getAsJsonObject();
    params.add("textDocument", id(cursorFile));
    params.add("position", position);
    return params;
  }

  /// Waits until the files on the disk are known: their names are all found.
  WorkspaceEditor indexed(String... names) {
    for (String name : names) {
      while (!symbols(name).contains(name)) {
        Thread.onSpinWait();
      }
    }
    return this;
  }

  List<String> symbols(String query) {
    var params = new JsonObject();
    params.addProperty("query", query);
    List<String> names = new ArrayList<>();
    for (JsonElement symbol : client.call("workspace/symbol", params).getAsJsonArray()) {
      names.add(symbol.getAsJsonObject().get("name").getAsString());
    }
    return names;
  }

  /// Locations as `file:line:column-column`, from 1.
  List<String> places(JsonElement locations) {
    List<String> places = new ArrayList<>();
    for (JsonElement each : locations.getAsJsonArray()) {
      JsonObject location = each.getAsJsonObject();
      JsonObject range = location.getAsJsonObject("range");
      JsonObject start = range.getAsJsonObject("start");
      places.add(
          "%s:%d:%d-%d"
              .formatted(
                  name(location.get("uri").getAsString()),
                  start.get("line").getAsInt() + 1,
                  start.get("character").getAsInt() + 1,
                  range.getAsJsonObject("end").get("character").getAsInt() + 1));
    }
    return places;
  }

  String name(String uri) {
    return uri.startsWith(uri("") + "/") ? uri.substring(uri("").length() + 1) : uri;
  }

  /// What a `WorkspaceEdit` does: new texts by file, with `old -> new` for moves.
  Map<String, String> applied(JsonElement edit) throws IOException {
    var after = new TreeMap<String, String>();
    JsonObject object = edit.getAsJsonObject();
    if (object.get("changes") instanceof JsonObject changes) {
      for (String uri : changes.keySet()) {
        after.put(name(uri), edited(name(uri), changes.getAsJsonArray(uri)));
      }
    }
    if (object.get("documentChanges") instanceof JsonArray changes) {
      for (JsonElement each : changes) {
        JsonObject change = each.getAsJsonObject();
        if (change.has("kind")) {
          after.put(
              name(change.get("oldUri").getAsString()) + " -> ",
              name(change.get("newUri").getAsString()));
        } else {
          String name = name(change.getAsJsonObject("textDocument").get("uri").getAsString());
          after.put(name, edited(name, change.getAsJsonArray("edits")));
        }
      }
    }
    return after;
  }

  private String edited(String name, JsonArray edits) throws IOException {
    String text = text(name);
    List<JsonElement> backwards = new ArrayList<>(edits.asList());
    backwards.sort((a, b) -> Integer.compare(offset(b, "start", name), offset(a, "start", name)));
    for (JsonElement edit : backwards) {
      text =
          text.substring(0, offset(edit, "start", name))
              + edit.getAsJsonObject().get("newText").getAsString()
              + text.substring(offset(edit, "end", name));
    }
    return text;
  }

  private int offset(JsonElement edit, String end, String name) {
    try {
      JsonObject position = edit.getAsJsonObject().getAsJsonObject("range").getAsJsonObject(end);
      int at = 0;
      for (int line = position.get("line").getAsInt(); line > 0; line--) {
        at = text(name).indexOf('\n', at) + 1;
      }
      return at + position.get("character").getAsInt();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    client.close();
  }
}
