package dev.promptls.prompt.render;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A message as it would be sent.
///
/// @param role `system`, `user`, `model`, `tool` … as the format's reference names it
/// @param metadata null if there is none; `{"purpose": "history"}` for inserted history
public record Message(
    String role, List<Part> content, @Nullable Map<String, @Nullable Object> metadata) {
  public Message {
    content = List.copyOf(content);
  }

  /// The text parts, joined.
  public String text() {
    StringBuilder text = new StringBuilder();
    for (Part part : content) {
      if (part instanceof Part.Text(String some, List<Origin> _)) {
        text.append(some);
      }
    }
    return text.toString();
  }
}
