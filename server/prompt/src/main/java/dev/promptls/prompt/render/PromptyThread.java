package dev.promptls.prompt.render;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Messages and parts as Prompty's inputs give them (microsoft/prompty, `core/pipeline.py`):
/// content is a text or a list of `{kind: text, value}`, `{kind: image, source, mediaType}`, …
final class PromptyThread {
  private PromptyThread() {}

  static Message message(Map<String, @Nullable Object> given) {
    List<Part> parts = new ArrayList<>();
    Object content = given.containsKey("content") ? given.get("content") : given.get("parts");
    if (content instanceof List<?> list) {
      list.forEach(item -> parts.add(part(item)));
    } else {
      parts.add(new Part.Text(content == null ? "" : String.valueOf(content)));
    }
    Map<String, @Nullable Object> metadata = new LinkedHashMap<>(given);
    List.of("role", "content", "parts").forEach(metadata::remove);
    if (metadata.remove("metadata") instanceof Map<?, ?> own) {
      metadata.putAll(Metadata.copy(own));
    }
    Object role = given.get("role");
    return new Message(
        role == null ? "user" : String.valueOf(role), parts, metadata.isEmpty() ? null : metadata);
  }

  private static Part part(@Nullable Object given) {
    if (!(given instanceof Map<?, ?> map)) {
      return new Part.Text(String.valueOf(given));
    }
    Object kind = map.get("kind") == null ? map.get("type") : map.get("kind");
    if ("text".equals(kind) && (map.get("value") instanceof String || map.get("text") != null)) {
      Object text = map.get("value") == null ? map.get("text") : map.get("value");
      return new Part.Text(String.valueOf(text));
    }
    return kind == null ? Part.of(map) : media(map);
  }

  /// An image, a sound or a file: an address, or a map that holds one.
  static Part media(@Nullable Object value) {
    if (!(value instanceof Map<?, ?> map)) {
      return new Part.Media(value == null ? "" : String.valueOf(value), null);
    }
    Object nested = map.get("image_url");
    Object address = nested instanceof Map<?, ?> inner ? inner.get("url") : nested;
    for (String key : List.of("source", "url")) {
      address = map.get(key) == null ? address : map.get(key);
    }
    Object type = null;
    for (String key : List.of("mediaType", "media_type", "contentType")) {
      type = map.get(key) == null ? type : map.get(key);
    }
    return address == null
        ? Part.of(map)
        : new Part.Media(String.valueOf(address), type == null ? null : String.valueOf(type));
  }
}
