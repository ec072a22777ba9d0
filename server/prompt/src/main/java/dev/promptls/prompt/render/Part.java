package dev.promptls.prompt.render;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A piece of a message's content.
public sealed interface Part {
  /// This part as data.
  Map<String, @Nullable Object> toMap();

  /// A part given as data: `{text}`, `{media: {url, contentType?}}`, or anything else.
  static Part of(@Nullable Object data) {
    Map<String, @Nullable Object> fields = Metadata.copy(data);
    if (data instanceof String text) {
      return new Text(text);
    }
    if (fields.size() == 1 && fields.get("text") instanceof String text) {
      return new Text(text);
    }
    if (fields.size() == 1
        && fields.get("media") instanceof Map<?, ?> media
        && media.get("url") instanceof String url) {
      return new Media(url, media.get("contentType") instanceof String type ? type : null);
    }
    return new Other(fields);
  }

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

    /// The same after what comes before it in the file has grown.
    Text shifted(int by) {
      return new Text(text, origins.stream().map(origin -> origin.shifted(by)).toList());
    }

    @Override
    public Map<String, @Nullable Object> toMap() {
      return Map.of("text", text);
    }
  }

  /// An image, a sound and the like.
  ///
  /// @param contentType as `image/png`, null if not told
  record Media(String url, @Nullable String contentType) implements Part {
    @Override
    public Map<String, @Nullable Object> toMap() {
      Map<String, @Nullable Object> media = new LinkedHashMap<>();
      media.put("url", url);
      if (contentType != null) {
        media.put("contentType", contentType);
      }
      return Map.of("media", media);
    }
  }

  /// A place that something else is to fill: `{purpose, pending: true}`.
  record Pending(Map<String, @Nullable Object> metadata) implements Part {
    @Override
    public Map<String, @Nullable Object> toMap() {
      return Map.of("metadata", metadata);
    }
  }

  /// A part that was given as data and is passed on as it is: a tool's call or answer.
  record Other(Map<String, @Nullable Object> fields) implements Part {
    @Override
    public Map<String, @Nullable Object> toMap() {
      return fields;
    }
  }
}
