package dev.promptls.prompt.render;

import dev.promptls.prompt.syntax.PromptFile;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Tree and data to messages.
public final class Renderer {
  private Renderer() {}

  /// What would be sent. Never throws for what is in the file: its faults are problems of the
  /// result.
  public static RenderResult render(PromptFile file, RenderOptions options) {
    String body = file.bodyText();
    List<Message> messages =
        body.isBlank()
            ? List.of()
            : List.of(new Message("user", List.of(new Part.Text(body)), null));
    return new RenderResult(file.format(), messages, metadata(file, options), List.of());
  }

  /// The front matter as the format's reference loads it: for dotprompt, `renderMetadata` without
  /// `raw`.
  public static Map<String, @Nullable Object> metadata(PromptFile file, RenderOptions options) {
    return file.metadata();
  }
}
