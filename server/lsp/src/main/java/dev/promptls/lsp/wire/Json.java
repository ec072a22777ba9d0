package dev.promptls.lsp.wire;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.eclipse.lsp4j.jsonrpc.json.MessageJsonHandler;
import org.jspecify.annotations.Nullable;

/// The JSON of the protocol, both ways.
public final class Json {
  private static final Gson GSON =
      new MessageJsonHandler(Map.of(), GsonBuilder::disableHtmlEscaping).getGson();

  private static final Gson TREES =
      new GsonBuilder().disableHtmlEscaping().serializeNulls().create();

  private Json() {}

  /// One JSON text in UTF-8, and nothing after it.
  ///
  /// @throws JsonParseException if it is not; nesting deeper than 255 is refused too
  static JsonElement parse(ByteBuffer utf8) {
    var bytes = new ByteArrayInputStream(utf8.array(), utf8.arrayOffset(), utf8.remaining());
    var decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    try (var reader = new JsonReader(new InputStreamReader(bytes, decoder))) {
      // STRICT refuses lone surrogates, which editors do send; JsonParser would be lenient.
      reader.setStrictness(Strictness.LEGACY_STRICT);
      JsonElement element = TREES.getAdapter(JsonElement.class).read(reader);
      if (reader.peek() != JsonToken.END_DOCUMENT) {
        throw new JsonParseException("More than one JSON text in a message.");
      }
      return element;
    } catch (IOException | IllegalStateException | NumberFormatException malformed) {
      throw new JsonParseException(malformed);
    }
  }

  /// A value as an object of lsp4j or a record; null for JSON's null.
  ///
  /// @throws JsonParseException if it does not fit
  public static <T> @Nullable T read(@Nullable JsonElement value, Class<T> type) {
    if (value == null || value.isJsonNull()) {
      return null;
    }
    try {
      return GSON.fromJson(value, type);
    } catch (JsonParseException misfit) {
      throw misfit;
    } catch (RuntimeException misfit) {
      // Some of lsp4j's adapters throw whatever comes to hand.
      throw new JsonParseException(misfit);
    }
  }

  /// The parameters of a message; where there are none, an object without fields.
  static Object params(@Nullable JsonElement value, Class<?> type) {
    JsonElement given = value == null || value.isJsonNull() ? new JsonObject() : value;
    Object read = type == JsonElement.class ? given : read(given, type);
    if (read == null) {
      throw new JsonParseException("No parameters.");
    }
    return read;
  }

  /// A value as JSON. Trees keep their nulls, objects of lsp4j leave them out.
  public static JsonElement tree(@Nullable Object value) {
    return switch (value) {
      case null -> JsonNull.INSTANCE;
      case JsonElement element -> element;
      default -> GSON.toJsonTree(value);
    };
  }

  static String message(JsonObject envelope, @Nullable String member, @Nullable Object value) {
    var text = new StringWriter();
    try {
      JsonWriter writer = GSON.newJsonWriter(text);
      writer.beginObject();
      writer.name("jsonrpc").value("2.0");
      for (Map.Entry<String, JsonElement> entry : envelope.entrySet()) {
        writer.name(entry.getKey());
        write(entry.getValue(), writer);
      }
      if (member != null) {
        writer.name(member);
        write(value, writer);
      }
      writer.endObject();
    } catch (IOException impossible) {
      throw new JsonParseException(impossible);
    }
    return text.toString();
  }

  private static void write(@Nullable Object value, JsonWriter writer) throws IOException {
    if (value == null || value instanceof JsonElement) {
      TREES.toJson(value == null ? JsonNull.INSTANCE : (JsonElement) value, writer);
    } else {
      GSON.toJson(value, value.getClass(), writer);
    }
  }
}
