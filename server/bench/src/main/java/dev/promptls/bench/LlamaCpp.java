package dev.promptls.bench;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import dev.promptls.lab.Json;
import dev.promptls.model.TokenIds;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// llama.cpp in a Python process of its own, asked over its standard input and output, one JSON
/// object a line. It works only while it is asked.
final class LlamaCpp implements AutoCloseable {

  private final Process process;
  private final BufferedReader replies;
  private final String version;

  private LlamaCpp(Process process) throws IOException {
    this.process = process;
    replies = process.inputReader(StandardCharsets.UTF_8);
    version = reply().get("version").getAsString();
  }

  /// Starts the Python that the variable `PYTHON` names, else `python3`.
  ///
  /// @throws IOException if there is none, or it lacks llama-cpp-python
  static LlamaCpp start(Path root) throws IOException {
    String python = Objects.requireNonNullElse(System.getenv("PYTHON"), "python3");
    Path worker = root.resolve("server/bench/llama_worker.py");
    ProcessBuilder builder =
        new ProcessBuilder(python, worker.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    // It runs as its users start it; what `run` sets is for the engine in this process.
    builder.environment().keySet().removeAll(Set.of("MALLOC_ARENA_MAX", "GLIBC_TUNABLES"));
    return new LlamaCpp(builder.start());
  }

  /// Of llama-cpp-python.
  String version() {
    return version;
  }

  /// Loads a GGUF file in place of the one before.
  void open(Path gguf, int threads) throws IOException {
    var _ = ask(Map.of("model", gguf.toString(), "threads", threads));
  }

  /// Runs the prompt and decodes so many tokens, then decodes as many in an empty context.
  Rates round(TokenIds prompt, int decode) throws IOException {
    JsonObject rates = ask(Map.of("prompt", prompt, "decode", decode));
    return new Rates(
        rates.get("prefill").getAsDouble(),
        rates.get("decodeAfterPrefill").getAsDouble(),
        rates.get("decodeFromEmpty").getAsDouble());
  }

  private JsonObject ask(Map<String, Object> request) throws IOException {
    process.outputWriter(StandardCharsets.UTF_8).append(Json.line(request)).append('\n').flush();
    return reply();
  }

  private JsonObject reply() throws IOException {
    String line = replies.readLine();
    if (line == null) {
      throw new IOException(
          "The Python process of llama.cpp ended: set PYTHON to a Python that has what"
              + " server/bench/requirements.txt lists.");
    }
    JsonElement reply;
    try {
      reply = Json.parse(line);
    } catch (JsonParseException e) {
      throw new IOException("llama.cpp's process said what is no JSON: " + line, e);
    }
    if (reply instanceof JsonObject object) {
      return object;
    }
    throw new IOException("llama.cpp's process said what was not asked: " + line);
  }

  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
    GracefulEnd.of(process);
  }
}
