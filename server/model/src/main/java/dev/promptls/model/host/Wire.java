package dev.promptls.model.host;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonDeserializationContext;
import com.google.gson.JsonDeserializer;
import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonSerializationContext;
import com.google.gson.JsonSerializer;
import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import dev.promptls.model.Input;
import dev.promptls.model.TokenIds;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The text of a message, one line, and back.
final class Wire {
  private static final Gson GSON =
      new GsonBuilder()
          .disableHtmlEscaping()
          .serializeSpecialFloatingPointValues()
          .registerTypeAdapter(TokenIds.class, new TokenIdsAdapter().nullSafe())
          .registerTypeAdapter(
              Input.class,
              new Variants<Input>(List.of(Input.Text.class, Input.Ids.class, Input.Chat.class)))
          .registerTypeAdapter(
              ToChild.class,
              new Variants<ToChild>(
                  List.of(
                      ToChild.Generate.class,
                      ToChild.GenerateAll.class,
                      ToChild.ScoreText.class,
                      ToChild.Cancel.class)))
          .registerTypeAdapter(
              ToParent.class,
              new Variants<ToParent>(
                  List.of(
                      ToParent.Ready.class,
                      ToParent.Refused.class,
                      ToParent.Text.class,
                      ToParent.Item.class,
                      ToParent.Generated.class,
                      ToParent.GeneratedAll.class,
                      ToParent.Scored.class,
                      ToParent.Failed.class)))
          .create();

  private Wire() {}

  static String line(ToChild message) {
    return GSON.toJson(message, ToChild.class);
  }

  static String line(ToParent message) {
    return GSON.toJson(message, ToParent.class);
  }

  /// A message of the parent.
  ///
  /// @throws JsonParseException if the line is no message
  static ToChild toChild(String line) {
    return message(GSON.fromJson(line, ToChild.class));
  }

  /// A message of the child.
  ///
  /// @throws JsonParseException if the line is no message, for example what a library printed
  static ToParent toParent(String line) {
    return message(GSON.fromJson(line, ToParent.class));
  }

  private static <T> T message(@Nullable T parsed) {
    if (parsed == null) {
      throw new JsonParseException("an empty line");
    }
    return parsed;
  }

  /// A sealed type as an object whose field `type` names the variant.
  private static final class Variants<T> implements JsonSerializer<T>, JsonDeserializer<T> {
    private final Map<String, Class<? extends T>> byName;

    Variants(List<Class<? extends T>> variants) {
      byName =
          variants.stream().collect(Collectors.toMap(Class::getSimpleName, Function.identity()));
    }

    @Override
    public JsonElement serialize(T value, Type type, JsonSerializationContext context) {
      JsonElement tree = context.serialize(value, value.getClass());
      tree.getAsJsonObject().addProperty("type", value.getClass().getSimpleName());
      return tree;
    }

    @Override
    public T deserialize(JsonElement json, Type type, JsonDeserializationContext context) {
      Class<? extends T> variant =
          json.isJsonObject() && json.getAsJsonObject().get("type") != null
              ? byName.get(json.getAsJsonObject().get("type").getAsString())
              : null;
      if (variant == null) {
        throw new JsonParseException("not a message of this link");
      }
      return context.deserialize(json, variant);
    }
  }

  private static final class TokenIdsAdapter extends TypeAdapter<TokenIds> {
    @Override
    public void write(JsonWriter out, TokenIds value) throws IOException {
      out.beginArray();
      for (int id : value.toArray()) {
        out.value(id);
      }
      out.endArray();
    }

    @Override
    public TokenIds read(JsonReader in) throws IOException {
      int[] ids = new int[16];
      int size = 0;
      in.beginArray();
      while (in.hasNext()) {
        ids = size == ids.length ? Arrays.copyOf(ids, size * 2) : ids;
        ids[size++] = in.nextInt();
      }
      in.endArray();
      return TokenIds.of(Arrays.copyOf(ids, size));
    }
  }
}
