package dev.promptls.prompt.render;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The model of a Prompty file. What version 1 says under `api`, `configuration` and `parameters`
/// is said again as version 2 does, as its former loader did (microsoft/prompty,
/// `core/migration.py` of April 2026).
final class PromptyModel {
  private static final Map<String, String> OPTIONS =
      Map.of(
          "max_tokens", "maxOutputTokens",
          "max_completion_tokens", "maxOutputTokens",
          "top_p", "topP",
          "top_k", "topK",
          "frequency_penalty", "frequencyPenalty",
          "presence_penalty", "presencePenalty",
          "stop", "stopSequences");

  private PromptyModel() {}

  /// @param metadata of the whole file
  static @Nullable Map<String, @Nullable Object> of(
      Map<String, ? extends @Nullable Object> metadata) {
    Object declared = metadata.get("model");
    if (declared == null) {
      return null;
    }
    Map<String, @Nullable Object> model = Metadata.copy(declared);
    if (!(declared instanceof Map)) {
      model.put("id", declared);
    }
    if (model.get("api") != null) {
      model.putIfAbsent("apiType", model.get("api"));
    }
    if (model.get("configuration") instanceof Map<?, ?> configuration) {
      configuration(Metadata.copy(configuration), model);
    }
    if (model.get("parameters") instanceof Map<?, ?> parameters) {
      Map<String, @Nullable Object> options = new LinkedHashMap<>();
      parameters.forEach((key, value) ->
          options.put(OPTIONS.getOrDefault(String.valueOf(key), String.valueOf(key)), value));
      model.putIfAbsent("options", options);
    }
    return model;
  }

  private static void configuration(
      Map<String, @Nullable Object> configuration, Map<String, @Nullable Object> model) {
    Object type = configuration.remove("type");
    String provider =
        "azure_openai".equals(type) ? "foundry" : "openai".equals(type) ? "openai" : null;
    if (provider != null) {
      model.putIfAbsent("provider", provider);
    }
    for (String key : List.of("azure_deployment", "name", "model")) {
      Object id = provider == null && key.equals("name") ? null : configuration.remove(key);
      if (id != null) {
        model.putIfAbsent("id", id);
      }
    }
    PromptyMetadata.renamed(configuration, "azure_endpoint", "endpoint");
    PromptyMetadata.renamed(configuration, "api_key", "apiKey");
    Map<String, @Nullable Object> connection = new LinkedHashMap<>();
    connection.put("kind", provider == null && type != null ? type : "key");
    connection.putAll(configuration);
    model.putIfAbsent("connection", connection);
  }
}
