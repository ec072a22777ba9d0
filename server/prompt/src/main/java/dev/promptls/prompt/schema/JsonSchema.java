package dev.promptls.prompt.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.ExecutionContext;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.resource.SchemaLoader;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A JSON schema against which values are checked. The library behind it is loaded with the first
/// one. A schema is untrusted: nothing outside it is ever loaded, whatever it refers to, and what
/// checking may cost is bounded.
public final class JsonSchema {
  private static final SchemaLoader NOTHING =
      SchemaLoader.builder().fetchRemoteResources(false).allow(address -> false).build();

  private final Meter meter = new Meter();
  private final Schema schema;

  private JsonSchema(JsonNode node) {
    String version = node.path("$schema").asText();
    Dialect base = version.contains("draft-0") ? Dialects.getDraft7() : Dialects.getDraft202012();
    Dialect dialect =
        Dialect.builder(base)
            .keywords(
                base.getKeywords().values().stream()
                    // The library wants its own keyword here; it reads its text once only.
                    .filter(keyword -> !keyword.getValue().equals("format"))
                    .map(meter::metered)
                    .toList())
            .build();
    SchemaRegistryConfig config =
        SchemaRegistryConfig.builder()
            .locale(Locale.ENGLISH)
            .losslessNarrowing(true)
            .preloadSchema(false)
            .regularExpressionFactory(regex -> BoundedPattern.of(regex, meter))
            .build();
    SchemaRegistry registry =
        SchemaRegistry.withDialect(
            dialect,
            builder ->
                builder
                    .schemaRegistryConfig(config)
                    .schemaLoader(NOTHING)
                    .schemaCacheEnabled(false));
    if (node instanceof ObjectNode object) {
      object.remove(List.of("$schema", "$id"));
      if (object.path("id").isTextual()) {
        // What draft 4 called `$id`.
        object.remove("id");
      }
      withoutAny(object);
    }
    this.schema = registry.getSchema(node);
  }

  /// Makes a schema ready: drafts 4 to 7 where `$schema` names one of them, else 2020-12.
  ///
  /// @param schema as [Picoschema#toJsonSchema] gives it
  /// @throws SchemaException if it cannot be one
  public static JsonSchema of(Object schema) throws SchemaException {
    try {
      return of(JsonTree.of(schema));
    } catch (Meter.Exceeded e) {
      throw new SchemaException("The schema is too large or too deep to be used.", List.of());
    }
  }

  static JsonSchema of(JsonNode node) throws SchemaException {
    if (!node.isObject() && !node.isBoolean()) {
      throw new SchemaException("A schema is an object or a boolean.", List.of());
    }
    try {
      return new JsonSchema(node);
    } catch (com.networknt.schema.SchemaException e) {
      throw new SchemaException("The schema cannot be used: " + reason(e) + ".", List.of());
    }
  }

  /// What of a value does not fit.
  ///
  /// @param value maps, lists, strings, numbers, booleans and null
  /// @param name what messages call the whole value: `The output`; empty where each field of it is
  ///   a thing of its own
  /// @return at most some two hundred, in the order of the schema
  public List<Misfit> check(@Nullable Object value, String name) {
    try {
      return check(JsonTree.of(value), name);
    } catch (Meter.Exceeded e) {
      return List.of(tooMuch());
    }
  }

  /// As [#check(Object, String)], for a value that the library has read.
  synchronized List<Misfit> check(JsonNode value, String name) {
    meter.reset();
    ExecutionContext context = schema.createExecutionContext();
    try {
      schema.validate(context, value);
    } catch (Meter.Enough e) {
      return Misfits.of(context.getErrors(), name);
    } catch (Meter.Exceeded e) {
      return List.of(tooMuch());
    } catch (com.networknt.schema.SchemaException e) {
      return List.of(unusable(reason(e)));
    } catch (IllegalArgumentException e) {
      return List.of(unusable(String.valueOf(e.getMessage())));
    }
    return Misfits.of(context.getErrors(), name);
  }

  private static Misfit tooMuch() {
    String sentence = "Checking this against the schema takes too long; make the schema simpler.";
    return new Misfit(List.of(), "limit", sentence, null);
  }

  private static Misfit unusable(String reason) {
    return new Misfit(List.of(), "schema", "The schema cannot be used: " + reason + ".", null);
  }

  private static String reason(com.networknt.schema.SchemaException fault) {
    Throwable cause = fault.getCause() == null ? fault : fault.getCause();
    String message = String.valueOf(cause.getMessage());
    int line = message.indexOf('\n');
    String first = (line < 0 ? message : message.substring(0, line)).strip();
    return first.endsWith(".") ? first.substring(0, first.length() - 1) : first;
  }

  /// Picoschema's type `any` is no type of JSON schema: it says nothing.
  private static void withoutAny(JsonNode node) {
    if (node instanceof ObjectNode object && object.path("type").asText().equals("any")) {
      object.remove("type");
    }
    node.forEach(JsonSchema::withoutAny);
  }
}
