package dev.promptls.app;

import com.google.gson.JsonObject;
import dev.promptls.lab.Json;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The server as a process of its own with the tiny model, and a client that speaks over its pipes.
final class ServerProcess implements AutoCloseable {
  static final String URI = "file:///prompts/test.prompt";

  final Process process;
  private final InputStream out;
  private int lastId;

  private ServerProcess(Process process) {
    this.process = process;
    this.out = new BufferedInputStream(process.getInputStream());
  }

  /// @param folder for the model, and for whatever else the server writes
  /// @param main the class that is run
  /// @param environment over the usual one
  static ServerProcess start(Path folder, Class<?> main, Map<String, String> environment)
      throws IOException {
    Path model = folder.resolve("micro.gguf");
    try (InputStream in = ServerProcess.class.getResourceAsStream("micro-q8_0.gguf")) {
      Files.copy(Objects.requireNonNull(in), model);
    }
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            System.getProperty("java.class.path"),
            main.getName(),
            "serve",
            "--model",
            model.toString());
    builder.environment().put("PROMPTLS_HOME", folder.resolve("home").toString());
    builder.environment().put("PROMPTLS_CONFIG", folder.resolve("settings.json").toString());
    builder.environment().putAll(environment);
    builder.redirectError(folder.resolve("stderr").toFile());
    return new ServerProcess(builder.start());
  }

  static ServerProcess start(Path folder) throws IOException {
    return start(folder, Main.class, Map.of());
  }

  /// Says hello, and opens a prompt.
  ///
  /// @param editor the process that the server is to outlive by a moment only
  void begin(ProcessHandle editor) throws IOException {
    result(ask("initialize", "{'processId':%d,'capabilities':{}}".formatted(editor.pid())));
    send("{'method':'initialized','params':{}}");
    send(
        "{'method':'textDocument/didOpen','params':{'textDocument':{'uri':'%s','languageId':'promptls','version':1,'text':'Say hello.'}}}"
            .formatted(URI));
  }

  void send(String message) throws IOException {
    byte[] body = message.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    String header = "Content-Length: " + body.length + "\r\n\r\n";
    process.getOutputStream().write(header.getBytes(StandardCharsets.US_ASCII));
    process.getOutputStream().write(body);
    process.getOutputStream().flush();
  }

  /// Sends a request and gives its id.
  int ask(String method, String params) throws IOException {
    lastId++;
    send("{'id':%d,'method':'%s','params':%s}".formatted(lastId, method, params));
    return lastId;
  }

  /// Asks the model for so many tokens.
  int run(int maxTokens) throws IOException {
    return ask(
        "workspace/executeCommand",
        "{'command':'promptls.run','arguments':[{'uri':'%s','maxTokens':%d}]}"
            .formatted(URI, maxTokens));
  }

  /// The reply to a request; what comes before it is dropped.
  JsonObject reply(int id) throws IOException {
    while (true) {
      JsonObject message = next();
      if (message == null) {
        throw new AssertionError("The server has ended.");
      }
      if (message.has("id") && !message.has("method") && message.get("id").getAsInt() == id) {
        return message;
      }
    }
  }

  JsonObject result(int id) throws IOException {
    JsonObject reply = reply(id);
    if (!reply.has("result")) {
      throw new AssertionError(reply.toString());
    }
    return reply;
  }

  /// All that comes until the end, every byte of which must belong to a message.
  List<JsonObject> rest() throws IOException {
    var all = new ArrayList<JsonObject>();
    for (JsonObject message = next(); message != null; message = next()) {
      all.add(message);
    }
    return all;
  }

  private @Nullable JsonObject next() throws IOException {
    var header = new StringBuilder();
    while (header.indexOf("\r\n\r\n") < 0) {
      int next = out.read();
      if (next < 0) {
        if (!header.isEmpty()) {
          throw new AssertionError("Not of the protocol: " + header);
        }
        return null;
      }
      header.append((char) next);
    }
    String text = header.toString();
    if (!text.matches("Content-Length: \\d+\r\n\r\n")) {
      throw new AssertionError("Not of the protocol: " + text);
    }
    byte[] body = out.readNBytes(Integer.parseInt(text.replaceAll("\\D", "")));
    return Json.parse(new String(body, StandardCharsets.UTF_8)).getAsJsonObject();
  }

  /// The process that holds the model; there is one after a first run.
  ProcessHandle child() {
    return process.children().findFirst().orElseThrow();
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
