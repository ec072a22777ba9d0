package dev.promptls.model.onnx;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.stream.JsonReader;
import dev.promptls.model.ModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Whether a `tokenizer.json` puts a token before a text: its `post_processor` is a template that
/// begins with one.
final class StartRule {
  private StartRule() {}

  /// @param file that was read as a tokenizer before, so of bounded size
  static boolean addsStart(Path file) throws ModelException {
    try (JsonReader in = new JsonReader(Files.newBufferedReader(file))) {
      in.beginObject();
      while (in.hasNext()) {
        if (in.nextName().equals("post_processor")) {
          return beginsWithToken(JsonParser.parseReader(in));
        }
        in.skipValue();
      }
      return false;
    } catch (IOException | JsonParseException | IllegalStateException e) {
      throw new ModelException(file + " is not as a tokenizer.json is: get the model again.", e);
    }
  }

  private static boolean beginsWithToken(JsonElement processor) {
    if (!(processor instanceof JsonObject object)) {
      return false;
    }
    if (object.get("processors") instanceof JsonArray all) {
      for (JsonElement each : all) {
        if (beginsWithToken(each)) {
          return true;
        }
      }
      return false;
    }
    @Nullable JsonElement template = object.get("single");
    return template instanceof JsonArray parts
        && !parts.isEmpty()
        && parts.get(0) instanceof JsonObject first
        && first.has("SpecialToken");
  }
}
