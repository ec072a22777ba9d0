package dev.promptls.lab;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonPrimitive;
import com.google.gson.Strictness;
import com.google.gson.TypeAdapter;
import com.google.gson.TypeAdapterFactory;
import com.google.gson.reflect.TypeToken;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;
import dev.promptls.model.Finish;
import dev.promptls.model.TokenIds;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The one way in which this project writes and reads JSON. Absent (null) fields of records are
/// left out, null inside a [JsonElement] is kept; numbers that are not finite become null; lone
/// surrogates become U+FFFD; every character that some reader takes for a line break is escaped.
public final class Json {
  private static final Gson GSON =
      new GsonBuilder()
          .disableHtmlEscaping()
          .registerTypeAdapter(Finish.class, new FinishAdapter())
          .registerTypeAdapter(TokenIds.class, new TokenIdsAdapter())
          .registerTypeAdapter(Double.class, new DoubleAdapter())
          .registerTypeAdapter(double.class, new DoubleAdapter())
          .registerTypeAdapterFactory(new RecordFactory())
          .serializeNulls()
          .create();

  private Json() {}

  /// A record, a list, a map or a [JsonElement] on one line.
  public static String line(@Nullable Object value) {
    return write(value, "");
  }

  /// The same, indented for people.
  public static String pretty(@Nullable Object value) {
    return write(value, "  ");
  }

  /// A record as a tree, as [#line] would write it.
  public static JsonElement tree(@Nullable Object value) {
    return GSON.toJsonTree(value);
  }

  /// Maps, lists, strings, numbers, booleans and null as a tree that keeps its nulls.
  public static JsonElement ofPlain(@Nullable Object value) {
    return switch (value) {
      case null -> JsonNull.INSTANCE;
      case JsonElement element -> element;
      case Map<?, ?> map -> {
        JsonObject object = new JsonObject();
        map.forEach((key, item) -> object.add(String.valueOf(key), ofPlain(item)));
        yield object;
      }
      case Iterable<?> items -> {
        JsonArray array = new JsonArray();
        items.forEach(item -> array.add(ofPlain(item)));
        yield array;
      }
      case Double number when !Double.isFinite(number) -> JsonNull.INSTANCE;
      case Number number -> new JsonPrimitive(number);
      case Boolean bool -> new JsonPrimitive(bool);
      default -> new JsonPrimitive(value.toString());
    };
  }

  /// A tree as maps, lists, strings, booleans, null and numbers: [Long] or [BigInteger] where the
  /// text is an integer, else [Double].
  public static @Nullable Object plain(JsonElement element) {
    if (element instanceof JsonObject object) {
      Map<String, @Nullable Object> map = new LinkedHashMap<>();
      object.entrySet().forEach(entry -> map.put(entry.getKey(), plain(entry.getValue())));
      return map;
    }
    if (element instanceof JsonArray array) {
      List<@Nullable Object> list = new ArrayList<>(array.size());
      array.forEach(item -> list.add(plain(item)));
      return list;
    }
    if (element instanceof JsonPrimitive primitive) {
      return primitive.isNumber()
          ? number(primitive.getAsString())
          : primitive.isBoolean() ? (Object) primitive.getAsBoolean() : primitive.getAsString();
    }
    return null;
  }

  /// One JSON document, strictly, but for lone surrogates, which become U+FFFD.
  ///
  /// @throws JsonParseException if the text is anything else; the message says where
  public static JsonElement parse(String text) {
    try (JsonReader reader = new JsonReader(new StringReader(SurrogateEscapes.paired(text)))) {
      reader.setStrictness(Strictness.STRICT);
      JsonElement element = GSON.fromJson(reader, JsonElement.class);
      if (element == null || reader.peek() != JsonToken.END_DOCUMENT) {
        throw new JsonParseException("there is more, or less, than one JSON value");
      }
      return element;
    } catch (IOException e) {
      throw new JsonParseException(String.valueOf(e.getMessage()), e);
    }
  }

  private static Number number(String text) {
    if (text.chars().allMatch(c -> c == '-' || (c >= '0' && c <= '9'))) {
      BigInteger integer = new BigInteger(text);
      if (integer.bitLength() < Long.SIZE) {
        return integer.longValue();
      }
      return integer;
    }
    return new BigDecimal(text).doubleValue();
  }

  private static String write(@Nullable Object value, String indent) {
    StringWriter text = new StringWriter();
    try (JsonWriter writer = GSON.newJsonWriter(text)) {
      writer.setIndent(indent);
      GSON.toJson(tree(value), writer);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return wellFormed(text.toString());
  }

  private static String wellFormed(String json) {
    StringBuilder out = null;
    for (int i = 0; i < json.length(); i++) {
      char c = json.charAt(i);
      boolean paired =
          Character.isHighSurrogate(c)
              && i + 1 < json.length()
              && Character.isLowSurrogate(json.charAt(i + 1));
      if (paired) {
        if (out != null) {
          out.append(c).append(json.charAt(i + 1));
        }
        i++;
        continue;
      }
      boolean odd = c == '\u0085' || Character.isSurrogate(c);
      if (odd && out == null) {
        out = new StringBuilder(json.length() + 16).append(json, 0, i);
      }
      if (out != null) {
        out.append(c == '\u0085' ? "\\u0085" : odd ? "\ufffd" : String.valueOf(c));
      }
    }
    return out == null ? json : out.toString();
  }

  private static final class FinishAdapter extends TypeAdapter<Finish> {
    @Override
    public void write(JsonWriter out, Finish value) throws IOException {
      out.value(value.name().toLowerCase(Locale.ROOT));
    }

    @Override
    public Finish read(JsonReader in) throws IOException {
      return Finish.valueOf(in.nextString().toUpperCase(Locale.ROOT));
    }
  }

  private static final class TokenIdsAdapter extends TypeAdapter<TokenIds> {
    @Override
    public void write(JsonWriter out, TokenIds value) throws IOException {
      out.beginArray();
      for (int i = 0; i < value.size(); i++) {
        out.value(value.get(i));
      }
      out.endArray();
    }

    @Override
    public TokenIds read(JsonReader in) throws IOException {
      List<Integer> ids = new ArrayList<>();
      in.beginArray();
      while (in.hasNext()) {
        ids.add(in.nextInt());
      }
      in.endArray();
      return TokenIds.of(ids.stream().mapToInt(Integer::intValue).toArray());
    }
  }

  private static final class DoubleAdapter extends TypeAdapter<@Nullable Double> {
    @Override
    public void write(JsonWriter out, @Nullable Double value) throws IOException {
      if (value == null || !Double.isFinite(value)) {
        out.nullValue();
      } else {
        out.value(value);
      }
    }

    @Override
    public @Nullable Double read(JsonReader in) throws IOException {
      if (in.peek() == JsonToken.NULL) {
        in.nextNull();
        return null;
      }
      return in.nextDouble();
    }
  }

  /// Leaves the absent fields of records out while nulls inside trees and lists are kept.
  private static final class RecordFactory implements TypeAdapterFactory {
    @Override
    public <T> @Nullable TypeAdapter<T> create(Gson gson, TypeToken<T> type) {
      if (!type.getRawType().isRecord()) {
        return null;
      }
      TypeAdapter<T> fields = gson.getDelegateAdapter(this, type);
      TypeAdapter<JsonElement> trees = gson.getAdapter(JsonElement.class);
      return new TypeAdapter<T>() {
        @Override
        public void write(JsonWriter out, T value) throws IOException {
          JsonElement tree = fields.toJsonTree(value);
          tree.getAsJsonObject().entrySet().removeIf(entry -> entry.getValue().isJsonNull());
          trees.write(out, tree);
        }

        @Override
        public T read(JsonReader in) throws IOException {
          return fields.read(in);
        }
      }.nullSafe();
    }
  }
}
