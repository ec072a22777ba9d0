package dev.promptls.bench;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.promptls.lab.Json;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// `promptls serve` with the least of a client: one request at a time, on the thread that asks.
final class LanguageServer implements AutoCloseable {
  private static final String LENGTH = "Content-Length:";

  private final Process process;
  private final InputStream in;
  private final OutputStream out;
  private int lastId;

  /// The latest versions whose findings have come, by URI.
  private final Map<String, Integer> checked = new HashMap<>();

  private LanguageServer(Process process) {
    this.process = process;
    in = new BufferedInputStream(process.getInputStream());
    out = process.getOutputStream();
  }

  /// Starts the launcher, as an editor does.
  ///
  /// @param flags for `serve`
  static LanguageServer start(Path root, List<String> flags) throws IOException {
    return start(root, flags, Map.of());
  }

  /// Starts the launcher with more in its environment.
  static LanguageServer start(Path root, List<String> flags, Map<String, String> environment)
      throws IOException {
    List<String> command =
        new ArrayList<>(List.of(root.resolve("promptls").toString(), "serve", "--offline"));
    command.addAll(flags);
    ProcessBuilder launcher =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    launcher.environment().putAll(environment);
    return new LanguageServer(launcher.start());
  }

  /// Starts it and opens the session.
  ///
  /// @param settings those of `promptls`
  static LanguageServer open(Path root, List<String> flags, Map<String, ?> settings)
      throws IOException {
    LanguageServer server = start(root, flags);
    var _ = server.initialize(settings);
    server.tell("initialized", Map.of());
    return server;
  }

  JsonElement initialize(Map<String, ?> settings) throws IOException {
    return initialize(settings, Map.of());
  }

  /// @param capabilities of the client
  JsonElement initialize(Map<String, ?> settings, Map<String, ?> capabilities) throws IOException {
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("processId", ProcessHandle.current().pid());
    parameters.put("rootUri", JsonNull.INSTANCE);
    parameters.put("capabilities", capabilities);
    parameters.put("initializationOptions", settings);
    return ask("initialize", parameters);
  }

  /// The launcher gives its process to the server.
  long pid() {
    return process.pid();
  }

  void openDocument(String uri, String text) throws IOException {
    tell(
        "textDocument/didOpen",
        Map.of(
            "textDocument",
            Map.of("uri", uri, "languageId", "promptls", "version", 1, "text", text)));
  }

  void changeDocument(String uri, int version, String text) throws IOException {
    tell(
        "textDocument/didChange",
        Map.of(
            "textDocument",
            Map.of("uri", uri, "version", version),
            "contentChanges",
            List.of(Map.of("text", text))));
  }

  /// One edit of a document.
  void changeDocument(String uri, int version, Map<String, ?> range, String text)
      throws IOException {
    tell(
        "textDocument/didChange",
        Map.of(
            "textDocument",
            Map.of("uri", uri, "version", version),
            "contentChanges",
            List.of(Map.of("range", range, "text", text))));
  }

  void tell(String method, Object parameters) throws IOException {
    send(Map.of("jsonrpc", "2.0", "method", method, "params", parameters));
  }

  /// The result of a request; what else comes meanwhile is not looked at.
  ///
  /// @throws IOException if the server refuses it, or ends
  JsonElement ask(String method, Object parameters) throws IOException {
    int id = request(method, parameters);
    while (true) {
      JsonObject message = next();
      if (message.get("id") instanceof JsonPrimitive answered && answered.getAsInt() == id) {
        if (message.has("error")) {
          throw new IOException(method + " was refused: " + message.get("error"));
        }
        return message.has("result") ? message.get("result") : JsonNull.INSTANCE;
      }
    }
  }

  /// Sends a request, whose answer [#next] gives.
  ///
  /// @return its id
  int request(String method, Object parameters) throws IOException {
    int id = ++lastId;
    send(Map.of("jsonrpc", "2.0", "id", id, "method", method, "params", parameters));
    return id;
  }

  /// Waits until a version of a document has been told what is wrong with it, unless that has come
  /// already.
  void awaitFindings(String uri, int version) throws IOException {
    while (checked.getOrDefault(uri, 0) < version) {
      var _ = next();
    }
  }

  /// The next answer, or whatever else the server says.
  JsonObject next() throws IOException {
    JsonObject message = read();
    if (message.has("method")) {
      decline(message);
      note(message);
    }
    return message;
  }

  private void note(JsonObject message) {
    if (message.get("method").getAsString().equals("textDocument/publishDiagnostics")) {
      JsonObject told = message.getAsJsonObject("params");
      if (told.get("version") instanceof JsonPrimitive version) {
        checked.put(told.get("uri").getAsString(), version.getAsInt());
      }
    }
  }

  /// Answers a request of the server with nothing, so that it does not wait.
  private void decline(JsonObject message) throws IOException {
    if (message.has("id")) {
      send(Map.of("jsonrpc", "2.0", "id", message.get("id"), "result", JsonNull.INSTANCE));
    }
  }

  private void send(Map<String, ?> message) throws IOException {
    byte[] body = Json.line(Json.ofPlain(message)).getBytes(StandardCharsets.UTF_8);
    out.write((LENGTH + " " + body.length + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
    out.write(body);
    out.flush();
  }

  private JsonObject read() throws IOException {
    int length = -1;
    for (String line = header(); !line.isEmpty(); line = header()) {
      if (line.startsWith(LENGTH)) {
        length = Integer.parseInt(line.substring(LENGTH.length()).strip());
      }
    }
    if (length < 0) {
      throw new IOException("A message of the server has no length.");
    }
    return Json.parse(new String(in.readNBytes(length), StandardCharsets.UTF_8)).getAsJsonObject();
  }

  private String header() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new IOException("The server ended; what it said stands above.");
      }
      line.append((char) b);
    }
    return line.toString().strip();
  }

  @Override
  public void close() throws IOException {
    try {
      var _ = ask("shutdown", JsonNull.INSTANCE);
      tell("exit", JsonNull.INSTANCE);
    } finally {
      GracefulEnd.of(process);
    }
  }
}
