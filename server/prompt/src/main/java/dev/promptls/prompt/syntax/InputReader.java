package dev.promptls.prompt.syntax;

import dev.promptls.prompt.text.Span;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads the inputs that dotprompt front matter declares under `input.schema` and `input.default`.
final class InputReader {
  private final Map<String, InputDeclaration> inputs = new LinkedHashMap<>();

  private InputReader() {}

  static List<InputDeclaration> read(@Nullable FrontMatter frontMatter) {
    InputReader reader = new InputReader();
    if (frontMatter != null) {
      reader.schema(frontMatter.at("input", "schema"));
      reader.defaults(frontMatter.at("input", "default"));
    }
    return List.copyOf(reader.inputs.values());
  }

  private void schema(@Nullable YamlNode schema) {
    if (!(schema instanceof YamlNode.Mapping mapping)) {
      return;
    }
    if (mapping.get("properties") instanceof YamlNode.Mapping properties) {
      jsonSchema(mapping, properties);
      return;
    }
    for (YamlNode.Entry entry : mapping.entries()) {
      picoschema(entry);
    }
  }

  private void jsonSchema(YamlNode.Mapping schema, YamlNode.Mapping properties) {
    List<?> required =
        schema.get("required") instanceof YamlNode.Sequence names ? names.value() : List.of();
    for (YamlNode.Entry entry : properties.entries()) {
      String name = entry.key().text();
      add(
          name,
          text(entry.value().get("type")),
          text(entry.value().get("description")),
          required.contains(name),
          entry.key().span());
    }
  }

  private void picoschema(YamlNode.Entry entry) {
    String key = entry.key().text();
    int parenthesis = key.indexOf('(');
    String bare = (parenthesis < 0 ? key : key.substring(0, parenthesis)).strip();
    boolean optional = bare.endsWith("?");
    String name = optional ? bare.substring(0, bare.length() - 1) : bare;
    if (name.isEmpty()) {
      return;
    }
    String inside =
        parenthesis < 0
            ? text(entry.value())
            : key.substring(parenthesis + 1, key.endsWith(")") ? key.length() - 1 : key.length());
    int comma = inside.indexOf(',');
    String type = comma < 0 ? inside.strip() : inside.substring(0, comma).strip();
    String description = comma < 0 ? "" : inside.substring(comma + 1).strip();
    if (type.isEmpty() && entry.value() instanceof YamlNode.Mapping) {
      type = "object";
    }
    add(name, type, description, !optional, entry.key().span());
  }

  private void add(String name, String type, String description, boolean required, Span span) {
    inputs.put(
        name, new InputDeclaration(name, type, description, required, false, null, span, null));
  }

  private void defaults(@Nullable YamlNode defaults) {
    if (!(defaults instanceof YamlNode.Mapping mapping)) {
      return;
    }
    for (YamlNode.Entry entry : mapping.entries()) {
      String name = entry.key().text();
      InputDeclaration declared = inputs.get(name);
      inputs.put(
          name,
          new InputDeclaration(
              name,
              declared == null ? "" : declared.type(),
              declared == null ? "" : declared.description(),
              declared != null && declared.required(),
              true,
              entry.value().value(),
              declared == null ? entry.key().span() : declared.span(),
              entry.value().span()));
    }
  }

  private static String text(@Nullable YamlNode node) {
    String text = node == null ? null : node.string();
    return text == null ? "" : text;
  }
}
