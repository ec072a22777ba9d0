package dev.promptls.lab.run;

import dev.promptls.prompt.render.Data;
import dev.promptls.prompt.render.Message;
import dev.promptls.prompt.render.Part;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Data for a prompt as its JSON has it: `{input, messages?, context?, docs?}`.
public final class DataDocument {
  private DataDocument() {}

  /// The data of a document read by [dev.promptls.lab.Json#plain]. Unknown fields are left alone.
  ///
  /// @throws IllegalArgumentException if a field has the wrong shape; the message is a sentence
  public static Data read(@Nullable Object document) {
    Map<String, @Nullable Object> fields = map(document, "The data");
    Object messages = fields.get("messages");
    return new Data(
        map(fields.get("input"), "'input'"),
        messages == null ? null : messages(messages),
        map(fields.get("context"), "'context'"),
        documents(fields.get("docs")));
  }

  private static @Nullable List<?> documents(@Nullable Object value) {
    if (value == null || value instanceof List<?>) {
      return (List<?>) value;
    }
    throw new IllegalArgumentException("'docs' must be a list.");
  }

  private static Map<String, @Nullable Object> map(@Nullable Object value, String what) {
    if (value == null) {
      return Map.of();
    }
    if (!(value instanceof Map<?, ?> map)) {
      throw new IllegalArgumentException(what + " must be a JSON object.");
    }
    Map<String, @Nullable Object> copy = new LinkedHashMap<>();
    map.forEach((key, item) -> copy.put(String.valueOf(key), item));
    return Collections.unmodifiableMap(copy);
  }

  private static List<Message> messages(Object value) {
    if (!(value instanceof List<?> list)) {
      throw new IllegalArgumentException("'messages' must be a list.");
    }
    return list.stream().map(DataDocument::message).toList();
  }

  private static Message message(@Nullable Object value) {
    Map<String, @Nullable Object> fields = map(value, "A message");
    if (!(fields.get("role") instanceof String role)) {
      throw new IllegalArgumentException("A message needs a 'role'.");
    }
    Object metadata = fields.get("metadata");
    return new Message(
        role,
        content(fields.get("content")),
        metadata == null ? null : map(metadata, "A message's 'metadata'"));
  }

  private static List<Part> content(@Nullable Object value) {
    return switch (value) {
      case null -> List.of();
      case String text -> List.of(new Part.Text(text));
      case List<?> parts -> {
        List<Part> read = new ArrayList<>();
        parts.forEach(part -> read.add(part(map(part, "A part of a message"))));
        yield read;
      }
      default ->
          throw new IllegalArgumentException("A message's 'content' must be a string or a list.");
    };
  }

  private static Part part(Map<String, @Nullable Object> fields) {
    if (fields.size() == 1 && fields.get("text") instanceof String text) {
      return new Part.Text(text);
    }
    if (fields.size() == 1
        && fields.get("media") instanceof Map<?, ?> media
        && media.get("url") instanceof String url) {
      return new Part.Media(url, media.get("contentType") instanceof String type ? type : null);
    }
    return new Part.Other(fields);
  }
}
