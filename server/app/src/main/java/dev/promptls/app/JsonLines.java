package dev.promptls.app;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import dev.promptls.lab.Json;
import dev.promptls.model.Cancellation;
import dev.promptls.model.ModelException;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// The mode `--jsonl`: one request a line, one result a line, in order. A request that fails gives
/// `{"error": "…"}` and the next one is read.
final class JsonLines {
  private static final int MOST_BYTES = 32 << 20;

  private final Console console;
  private final Cancellation interrupted;

  JsonLines(Workbench bench) {
    this.console = bench.console();
    this.interrupted = bench.interrupted();
  }

  /// Answers one request.
  @FunctionalInterface
  interface Handler {
    /// The result's record or tree.
    ///
    /// @throws ModelException if the request fails, for the reason it says
    /// @throws BadRequest if it is not a request
    Object answer(Request request) throws ModelException, BadRequest;
  }

  /// Reads requests to the end of standard input.
  ///
  /// @return the exit code
  int run(Handler handler) throws IOException {
    InputStream in = new BufferedInputStream(console.in(), 1 << 16);
    while (!interrupted.isCancelled()) {
      byte @Nullable [] line = readLine(in);
      if (line == null) {
        return ExitCode.SUCCESS;
      }
      console.line(answer(line, handler));
    }
    return ExitCode.INTERRUPTED;
  }

  private static String answer(byte[] line, Handler handler) {
    try {
      if (line.length > MOST_BYTES) {
        throw new BadRequest("The line is longer than " + (MOST_BYTES >> 20) + " MiB.");
      }
      return Json.line(handler.answer(new Request(object(line))));
    } catch (ModelException | BadRequest e) {
      return error(String.valueOf(e.getMessage()));
    } catch (RuntimeException | StackOverflowError e) {
      // One bad request must not end the others; what it was is told without its text.
      return error("The request failed: " + e.getClass().getSimpleName() + ".");
    }
  }

  private static String error(String sentence) {
    JsonObject error = new JsonObject();
    error.addProperty("error", sentence);
    return Json.line(error);
  }

  private static JsonObject object(byte[] line) throws BadRequest {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line)).toString();
      JsonElement parsed = Json.parse(text);
      if (parsed instanceof JsonObject object) {
        return object;
      }
      throw new BadRequest("The line is not a JSON object.");
    } catch (CharacterCodingException e) {
      throw new BadRequest("The line is not UTF-8.", e);
    } catch (JsonParseException e) {
      throw new BadRequest("The line is not JSON.", e);
    }
  }

  /// The next line without its end; null at the end. Of a line that is too long, one byte more than
  /// is allowed.
  private static byte @Nullable [] readLine(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int read = in.read();
    if (read < 0) {
      return null;
    }
    for (; read >= 0 && read != '\n'; read = in.read()) {
      if (line.size() <= MOST_BYTES) {
        line.write(read);
      }
    }
    return line.toByteArray();
  }

  /// A line that is not a request of this command.
  static final class BadRequest extends Exception {
    BadRequest(String sentence) {
      super(sentence);
    }

    BadRequest(String sentence, Throwable cause) {
      super(sentence, cause);
    }
  }
}
