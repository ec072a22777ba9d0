package dev.promptls.prompt.render;

import dev.promptls.prompt.schema.Picoschema;
import dev.promptls.prompt.schema.SchemaException;
import dev.promptls.prompt.syntax.FrontMatter;
import dev.promptls.prompt.syntax.PromptFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What dotprompt's reference makes of front matter and options (google/dotprompt, `parse.ts` and
/// `renderMetadata`).
final class Metadata {
  private static final Set<String> RESERVED =
      Set.of(
          "config",
          "description",
          "input",
          "model",
          "name",
          "output",
          "toolDefs",
          "tools",
          "variant",
          "version");

  private Metadata() {}

  /// The front matter under the options: `renderMetadata` without `raw`.
  ///
  /// @throws SchemaException if `input.schema` or `output.schema` cannot be read
  static Map<String, @Nullable Object> of(
      PromptFile file, Map<String, ? extends @Nullable Object> options, RenderOptions names)
      throws SchemaException {
    Map<String, @Nullable Object> result = pruned(file);
    Map<String, @Nullable Object> config = copy(result.get("config"));
    config.putAll(copy(options.get("config")));
    result.putAll(options);
    result.put("config", config);
    result.remove("template");
    result.remove("raw");
    tools(result, names.tools());
    for (String key : List.of("input", "output")) {
      schema(result, key, names.schemas());
    }
    return result;
  }

  /// The front matter with its reserved keys only, dotted keys gathered in `ext`.
  private static Map<String, @Nullable Object> pruned(PromptFile file) {
    Map<String, @Nullable Object> result = new LinkedHashMap<>();
    Map<String, @Nullable Object> ext = new LinkedHashMap<>();
    result.put("metadata", Map.of());
    FrontMatter frontMatter = file.frontMatter();
    if (frontMatter != null && frontMatter.valid()) {
      frontMatter
          .values()
          .forEach((key, value) -> {
            int dot = key.lastIndexOf('.');
            if (RESERVED.contains(key)) {
              result.put(key, value);
            } else if (dot >= 0) {
              String space = key.substring(0, dot);
              Map<String, @Nullable Object> fields = copy(ext.get(space));
              fields.put(key.substring(dot + 1), value);
              ext.put(space, fields);
            }
          });
    }
    result.put("ext", ext);
    return result;
  }

  /// Moves the tools that are known from their names to their definitions.
  private static void tools(
      Map<String, @Nullable Object> metadata, Map<String, ? extends @Nullable Object> known) {
    if (!(metadata.get("tools") instanceof List<?> names)) {
      return;
    }
    List<@Nullable Object> definitions = new ArrayList<>();
    if (metadata.get("toolDefs") instanceof List<?> given) {
      definitions.addAll(given);
    }
    List<@Nullable Object> unknown = new ArrayList<>();
    for (Object name : names) {
      Object definition = name instanceof String text ? known.get(text) : null;
      if (definition == null) {
        unknown.add(name);
      } else {
        definitions.add(definition);
      }
    }
    metadata.put("tools", unknown);
    metadata.put("toolDefs", definitions);
  }

  private static void schema(
      Map<String, @Nullable Object> metadata,
      String key,
      Map<String, ? extends @Nullable Object> named)
      throws SchemaException {
    if (metadata.get(key) instanceof Map<?, ?> part) {
      Object schema = Picoschema.toJsonSchema(part.get("schema"), named);
      if (schema != null) {
        Map<String, @Nullable Object> changed = copy(part);
        changed.put("schema", schema);
        metadata.put(key, changed);
      }
    }
  }

  /// A map's copy; an empty one for what is no map.
  static Map<String, @Nullable Object> copy(@Nullable Object value) {
    Map<String, @Nullable Object> copy = new LinkedHashMap<>();
    if (value instanceof Map<?, ?> map) {
      map.forEach((key, field) -> copy.put(String.valueOf(key), field));
    }
    return copy;
  }
}
