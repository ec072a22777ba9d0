package dev.promptls.prompt.convert;

import dev.promptls.prompt.text.Span;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a prompt file says beside its messages, in the words of dotprompt.
///
/// @param name empty if none, as the two that follow
/// @param config `temperature`, `maxOutputTokens`, `topP`, `topK`, `stopSequences` …
/// @param inputs in the order in which they are declared
/// @param outputFormat `json` or `text`, empty if none
/// @param outputSchema a JSON schema, null if none
/// @param tools by name or definition
/// @param wheres of the settings above, by name, as far as they stand in the file
record Settings(
    String name,
    String description,
    String model,
    Map<String, @Nullable Object> config,
    List<Input> inputs,
    String outputFormat,
    @Nullable Map<String, @Nullable Object> outputSchema,
    List<?> tools,
    Map<String, Span> wheres) {

  /// An input.
  ///
  /// @param schema as JSON schema; empty if unknown
  record Input(
      String name,
      Map<String, @Nullable Object> schema,
      boolean required,
      boolean defaulted,
      @Nullable Object value,
      Span where) {
    String description() {
      return schema.get("description") instanceof String text ? text : "";
    }

    /// The JSON type, or empty.
    String type() {
      Object type = schema.get("type");
      return switch (type) {
        case String one -> one;
        case List<?> several when !several.isEmpty() -> String.valueOf(several.getFirst());
        case null, default -> "";
      };
    }
  }

  static final Settings NONE =
      new Settings("", "", "", Map.of(), List.of(), "", null, List.of(), Map.of());

  /// The inputs' defaults.
  Map<String, @Nullable Object> defaults() {
    Map<String, @Nullable Object> defaults = new LinkedHashMap<>();
    for (Input input : inputs) {
      if (input.defaulted()) {
        defaults.put(input.name(), input.value());
      }
    }
    return defaults;
  }

  Span where(String key) {
    return wheres.getOrDefault(key, Span.at(0));
  }

  boolean isEmpty() {
    return equals(new Settings("", "", "", Map.of(), List.of(), "", null, List.of(), wheres));
  }
}
