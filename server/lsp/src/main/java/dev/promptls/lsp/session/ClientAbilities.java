package dev.promptls.lsp.session;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.promptls.prompt.text.Encoding;
import org.jspecify.annotations.Nullable;

/// What the client said that it can do, read where it is needed: most of it never is.
public final class ClientAbilities {
  private final JsonObject capabilities;

  /// @param initialize the parameters of `initialize`
  public ClientAbilities(JsonElement initialize) {
    this.capabilities =
        initialize instanceof JsonObject params
                && params.get("capabilities") instanceof JsonObject given
            ? given
            : new JsonObject();
  }

  /// The first of the client's encodings that we know; UTF-16 if it names none.
  Encoding encoding() {
    if (at("general.positionEncodings") instanceof JsonArray offered) {
      for (JsonElement name : offered) {
        Encoding encoding = encoding(name);
        if (encoding != null) {
          return encoding;
        }
      }
    }
    return Encoding.UTF16;
  }

  private static @Nullable Encoding encoding(JsonElement name) {
    return !(name instanceof JsonPrimitive primitive)
        ? null
        : switch (primitive.getAsString()) {
          case "utf-8" -> Encoding.UTF8;
          case "utf-16" -> Encoding.UTF16;
          case "utf-32" -> Encoding.UTF32;
          default -> null;
        };
  }

  /// Whether the capability at a path is announced as true.
  public boolean can(String path) {
    return at(path) instanceof JsonPrimitive value && value.isBoolean() && value.getAsBoolean();
  }

  /// Whether the list at a path names something.
  public boolean lists(String path, String name) {
    return at(path) instanceof JsonArray list && list.contains(new JsonPrimitive(name));
  }

  /// Whether there is anything at a path.
  public boolean has(String path) {
    return at(path) != null;
  }

  boolean registers(String path) {
    return can(path + ".dynamicRegistration");
  }

  /// Whether insertions may have placeholders.
  public boolean snippets() {
    return can("textDocument.completion.completionItem.snippetSupport");
  }

  private @Nullable JsonElement at(String path) {
    JsonElement value = capabilities;
    for (String name : path.split("\\.", -1)) {
      if (!(value instanceof JsonObject object)) {
        return null;
      }
      value = object.get(name);
    }
    return value;
  }
}
