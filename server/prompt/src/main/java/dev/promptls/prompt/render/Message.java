package dev.promptls.prompt.render;

import dev.promptls.prompt.text.Shiftable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A message as it would be sent.
///
/// @param role `system`, `user`, `model`, `tool` … as the format's reference names it
/// @param metadata null if there is none; `{"purpose": "history"}` for inserted history
public record Message(
    String role, List<Part> content, @Nullable Map<String, @Nullable Object> metadata)
    implements Shiftable<Message> {
  public Message {
    content = List.copyOf(content);
  }

  /// A message given as data, as [#toMap] gives it; content may also be a text.
  public static Message of(Map<String, ? extends @Nullable Object> map) {
    List<Part> parts = new ArrayList<>();
    switch (map.get("content")) {
      case String text -> parts.add(new Part.Text(text));
      case List<?> list -> list.forEach(part -> parts.add(Part.of(part)));
      case null, default -> {}
    }
    Object metadata = map.get("metadata");
    return new Message(
        String.valueOf(map.get("role")),
        parts,
        metadata instanceof Map<?, ?> ? Metadata.copy(metadata) : null);
  }

  @Override
  public Message shifted(int by, int index) {
    if (by == 0) {
      return this;
    }
    List<Part> moved = new ArrayList<>(content.size());
    for (Part part : content) {
      moved.add(part instanceof Part.Text text ? text.shifted(by) : part);
    }
    return new Message(role, moved, metadata);
  }

  /// The text parts, joined.
  public String text() {
    if (content.size() == 1
        && content.getFirst() instanceof Part.Text(String all, List<Origin> _)) {
      return all;
    }
    StringBuilder text = new StringBuilder();
    for (Part part : content) {
      if (part instanceof Part.Text(String some, List<Origin> _)) {
        text.append(some);
      }
    }
    return text.toString();
  }

  /// This message as data: `{role, content: [{text} | {media: {url, contentType}} | …],
  /// metadata?}`.
  public Map<String, @Nullable Object> toMap() {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("role", role);
    map.put("content", content.stream().map(Part::toMap).toList());
    if (metadata != null) {
      map.put("metadata", metadata);
    }
    return map;
  }
}
