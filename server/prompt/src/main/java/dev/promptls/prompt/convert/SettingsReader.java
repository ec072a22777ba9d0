package dev.promptls.prompt.convert;

import dev.promptls.prompt.convert.Settings.Input;
import dev.promptls.prompt.format.YamlComments;
import dev.promptls.prompt.render.RenderOptions;
import dev.promptls.prompt.render.Renderer;
import dev.promptls.prompt.schema.Picoschema;
import dev.promptls.prompt.schema.SchemaException;
import dev.promptls.prompt.syntax.FrontMatter;
import dev.promptls.prompt.syntax.InputDeclaration;
import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.syntax.YamlNode;
import dev.promptls.prompt.text.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads the settings of a file of any format.
final class SettingsReader {
  private static final Set<String> DOTPROMPT =
      Set.of("name", "description", "model", "config", "input", "output", "tools");
  private static final Set<String> PROMPTY =
      Set.of(
          "name",
          "description",
          "model",
          "inputs",
          "outputs",
          "tools",
          "template",
          "sample",
          "kind");
  private static final Set<String> GITHUB =
      Set.of(
          "name",
          "description",
          "model",
          "modelParameters",
          "messages",
          "testData",
          "responseFormat",
          "jsonSchema");
  private static final Set<String> MARKDOWN = Set.of("name", "description", "model", "tools");

  private final PromptFile file;
  private final Losses losses;

  private SettingsReader(PromptFile file, Losses losses) {
    this.file = file;
    this.losses = losses;
  }

  static Settings read(PromptFile file, Losses losses) {
    FrontMatter front = file.frontMatter();
    if (front == null || !front.valid()) {
      return Settings.NONE;
    }
    for (Span comment : YamlComments.of(file.text(), front.content())) {
      losses.add(
          "the comments of the settings", comment, "are left out: settings are written anew");
    }
    SettingsReader reader = new SettingsReader(file, losses);
    return switch (file.format()) {
      case DOTPROMPT -> reader.dotprompt();
      case PROMPTY -> reader.prompty();
      case GITHUB -> reader.github();
      case MARKDOWN -> reader.markdown();
      case TEXT, OPENAI, ALPACA, SHAREGPT, POML -> Settings.NONE;
    };
  }

  private Settings dotprompt() {
    Map<String, @Nullable Object> values = leaving(DOTPROMPT);
    Map<String, @Nullable Object> output = map(values.get("output"));
    return settings(
        values,
        text(values.get("model")),
        map(values.get("config")),
        inputs(schemaOf(map(values.get("input")).get("schema"), "input")),
        text(output.get("format")),
        schemaOf(output.get("schema"), "output"));
  }

  private @Nullable Map<String, @Nullable Object> schemaOf(@Nullable Object schema, String key) {
    try {
      Object json = schema == null ? null : Picoschema.toJsonSchema(schema, Map.of());
      return json == null ? null : map(json);
    } catch (SchemaException e) {
      losses.add("the schema of " + key, where(key), "is left out: it cannot be read");
      return null;
    }
  }

  private Settings prompty() {
    leaving(PROMPTY);
    Map<String, @Nullable Object> values =
        Renderer.render(file, RenderOptions.DEFAULT).metadata().isEmpty()
            ? map(file.metadata())
            : map(Renderer.render(file, RenderOptions.DEFAULT).metadata());
    Map<String, @Nullable Object> model = map(values.get("model"));
    for (String key : List.of("provider", "connection", "apiType")) {
      if (model.get(key) != null) {
        losses.add("model." + key, where("model"), "is left out: it is known to Prompty only");
      }
    }
    Map<String, @Nullable Object> properties = new LinkedHashMap<>();
    List<@Nullable Object> required = new ArrayList<>();
    for (Object declared : list(values.get("inputs"))) {
      Map<String, @Nullable Object> input = map(declared);
      properties.put(text(input.get("name")), property(input));
      if (Boolean.TRUE.equals(input.get("required"))) {
        required.add(input.get("name"));
      }
    }
    Map<String, @Nullable Object> schema = new LinkedHashMap<>();
    schema.put("properties", properties);
    schema.put("required", required);
    Map<String, @Nullable Object> outputs = outputs(list(values.get("outputs")));
    return settings(
        values,
        values.get("model") instanceof String id ? id : text(model.get("id")),
        map(model.get("options")),
        inputs(schema),
        outputs == null ? "" : "json",
        outputs);
  }

  /// A property of Prompty as JSON schema.
  private static Map<String, @Nullable Object> property(Map<String, @Nullable Object> input) {
    Map<String, @Nullable Object> schema = new LinkedHashMap<>();
    String kind = text(input.get("kind"));
    if (!kind.isEmpty()) {
      schema.put("type", kind.equals("float") ? "number" : kind);
    }
    if (input.get("description") != null) {
      schema.put("description", input.get("description"));
    }
    if (input.get("enumValues") instanceof List<?> values) {
      schema.put("enum", values);
    }
    if (input.get("items") != null) {
      schema.put("items", property(map(input.get("items"))));
    }
    if (input.get("properties") instanceof List<?> properties) {
      Map<String, @Nullable Object> fields = new LinkedHashMap<>();
      for (Object each : properties) {
        fields.put(text(map(each).get("name")), property(map(each)));
      }
      schema.put("properties", fields);
    }
    return schema;
  }

  private static @Nullable Map<String, @Nullable Object> outputs(List<?> declared) {
    if (declared.isEmpty()) {
      return null;
    }
    Map<String, @Nullable Object> holder = new LinkedHashMap<>();
    holder.put("kind", "object");
    holder.put("properties", declared);
    return property(holder);
  }

  private Settings github() {
    Map<String, @Nullable Object> values = leaving(GITHUB);
    Map<String, @Nullable Object> config = map(values.get("modelParameters"));
    for (String name : List.of("maxCompletionTokens", "maxTokens")) {
      Object most = config.remove(name);
      if (most != null) {
        config.put("maxOutputTokens", most);
      }
    }
    String format = text(values.get("responseFormat"));
    if (values.get("jsonSchema") != null) {
      losses.add("the output schema", where("jsonSchema"), "is left out: GitHub writes it as text");
    }
    List<?> rows = list(values.get("testData"));
    if (rows.size() > 1) {
      losses.add(
          "the test data",
          where("testData"),
          "is left out but for its first row, now the defaults");
    }
    Map<String, @Nullable Object> first = rows.isEmpty() ? map(null) : map(rows.getFirst());
    List<Input> inputs = new ArrayList<>();
    for (InputDeclaration input : file.inputs()) {
      Map<String, @Nullable Object> schema = new LinkedHashMap<>();
      schema.put(
          "type", input.type().isEmpty() || input.type().equals("any") ? "string" : input.type());
      boolean known = first.containsKey(input.name());
      inputs.add(
          new Input(input.name(), schema, true, known, first.get(input.name()), input.span()));
    }
    return settings(
        values,
        text(values.get("model")),
        config,
        inputs,
        format.startsWith("json") ? "json" : format,
        null);
  }

  private Settings markdown() {
    Map<String, @Nullable Object> values = leaving(MARKDOWN);
    return settings(values, text(values.get("model")), map(null), inputs(null), "", null);
  }

  private Settings settings(
      Map<String, @Nullable Object> values,
      String model,
      Map<String, @Nullable Object> config,
      List<Input> inputs,
      String outputFormat,
      @Nullable Map<String, @Nullable Object> outputSchema) {
    Map<String, Span> wheres = new HashMap<>();
    FrontMatter front = file.frontMatter();
    if (front != null && front.root() != null) {
      front.root().entries().forEach(entry -> wheres.put(entry.key().text(), entry.span()));
    }
    return new Settings(
        text(values.get("name")),
        text(values.get("description")),
        model,
        config,
        inputs,
        outputFormat,
        outputSchema,
        list(values.get("tools")),
        wheres);
  }

  /// The inputs that the file declares, in its order, with what a schema says of them.
  private List<Input> inputs(@Nullable Map<String, @Nullable Object> schema) {
    Map<String, @Nullable Object> properties =
        map(schema == null ? null : schema.get("properties"));
    Set<Object> required = new HashSet<>(list(schema == null ? null : schema.get("required")));
    List<Input> inputs = new ArrayList<>();
    for (InputDeclaration input : file.inputs()) {
      Map<String, @Nullable Object> property = map(properties.get(input.name()));
      if (!input.description().isEmpty()) {
        property.putIfAbsent("description", input.description());
      }
      inputs.add(
          new Input(
              input.name(),
              property,
              required.contains(input.name()),
              input.defaulted(),
              input.defaultValue(),
              input.span()));
    }
    return inputs;
  }

  /// The front matter's values; those of other keys than these are lost.
  private Map<String, @Nullable Object> leaving(Set<String> known) {
    FrontMatter front = file.frontMatter();
    if (front != null && front.root() != null) {
      for (YamlNode.Entry entry : front.root().entries()) {
        String key = entry.key().text();
        if (!known.contains(key)) {
          losses.add("the key " + key, entry.span(), "is left out: it has no counterpart");
        }
      }
    }
    return map(file.metadata());
  }

  private Span where(String key) {
    YamlNode node = file.at(key);
    return node == null ? Span.at(0) : node.span();
  }

  static String text(@Nullable Object value) {
    return value instanceof String || value instanceof Number ? String.valueOf(value) : "";
  }

  static Map<String, @Nullable Object> map(@Nullable Object value) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    if (value instanceof Map<?, ?> given) {
      given.forEach((key, each) -> map.put(String.valueOf(key), each));
    }
    return map;
  }

  private static List<?> list(@Nullable Object value) {
    return value instanceof List<?> list ? list : List.of();
  }
}
