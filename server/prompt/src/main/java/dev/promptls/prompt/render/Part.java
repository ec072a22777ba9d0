package dev.promptls.prompt.render;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A piece of a message's content.
public sealed interface Part {
  /// Text.
  ///
  /// @param origins in order, without gaps, for text that a template made; empty for given text
  record Text(String text, List<Origin> origins) implements Part {
    public Text {
      origins = List.copyOf(origins);
    }

    public Text(String text) {
      this(text, List.of());
    }
  }

  /// An image, a sound and the like.
  ///
  /// @param contentType as `image/png`, null if not told
  record Media(String url, @Nullable String contentType) implements Part {}

  /// A place that something else is to fill: `{purpose, pending: true}`.
  record Pending(Map<String, @Nullable Object> metadata) implements Part {}

  /// A part that was given as data and is passed on as it is: a tool's call or answer.
  record Other(Map<String, @Nullable Object> fields) implements Part {}
}
