package dev.promptls.prompt.schema;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.syntax.YamlNode;
import dev.promptls.prompt.text.Span;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a prompt says of its answers, and which answers of its examples do not fit that.
public final class OutputSchema {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final JsonSchema schema;

  private OutputSchema(JsonSchema schema) {
    this.schema = schema;
  }

  /// The schema of a file's answers: `output.schema`, or the JSON text `jsonSchema` of GitHub
  /// Models.
  ///
  /// @param named JSON schemas that may be referred to by name
  /// @return null if there is none, or another format than JSON is asked for
  /// @throws SchemaException if it cannot be read
  public static @Nullable OutputSchema of(
      PromptFile file, Map<String, ? extends @Nullable Object> named) throws SchemaException {
    YamlNode format = file.at("output", "format");
    if (format != null && !"json".equals(format.string())) {
      return null;
    }
    YamlNode written = file.at("output", "schema");
    if (written != null) {
      Object schema = Picoschema.toJsonSchema(written.value(), named);
      return schema == null ? null : new OutputSchema(JsonSchema.of(schema));
    }
    YamlNode text = file.at("jsonSchema");
    String json = text == null ? null : text.string();
    return json == null ? null : new OutputSchema(inside(json));
  }

  /// GitHub Models wraps the schema as OpenAI does: `{name, strict, schema}`.
  private static JsonSchema inside(String json) throws SchemaException {
    JsonNode node = read(json);
    if (node == null) {
      throw new SchemaException("The text of jsonSchema is not JSON.", List.of());
    }
    JsonNode schema = node.path("schema");
    return JsonSchema.of(schema.isObject() ? schema : node);
  }

  /// What does not fit of an answer; nothing if it is no JSON.
  ///
  /// @param place where it stands
  public List<Misfit> check(String answer, Span place) {
    JsonNode value = read(answer);
    return value == null
        ? List.of()
        : schema.check(value, "The output").stream().map(misfit -> misfit.at(place)).toList();
  }

  private static @Nullable JsonNode read(String json) {
    try {
      JsonNode node = JSON.readTree(json);
      return node.isMissingNode() ? null : node;
    } catch (JsonProcessingException e) {
      // Answers are prose more often than JSON.
      return null;
    }
  }
}
