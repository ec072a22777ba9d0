package dev.promptls.prompt.syntax;

import dev.promptls.prompt.text.Span;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads the inputs that a Prompty file declares: under `inputs` as a list or by name, under
/// `inputSchema`, or, in version 1, by the values under `sample`.
final class PromptyInputs {
  private final Map<String, InputDeclaration> inputs = new LinkedHashMap<>();

  private PromptyInputs() {}

  static List<InputDeclaration> read(@Nullable FrontMatter settings) {
    PromptyInputs reader = new PromptyInputs();
    if (settings != null) {
      YamlNode declared = settings.at("inputs");
      reader.all(declared == null ? settings.at("inputSchema") : declared);
      reader.sample(settings.at("sample"));
    }
    return List.copyOf(reader.inputs.values());
  }

  private void all(@Nullable YamlNode declared) {
    YamlNode properties = declared == null ? null : declared.get("properties");
    YamlNode list =
        properties instanceof YamlNode.Mapping || properties instanceof YamlNode.Sequence
            ? properties
            : declared;
    switch (list) {
      case YamlNode.Sequence sequence -> {
        for (YamlNode item : sequence.items()) {
          YamlNode name = item.get("name");
          String text = name == null ? null : name.string();
          if (name != null && text != null) {
            add(text, name.span(), item);
          }
        }
      }
      case YamlNode.Mapping mapping -> {
        for (YamlNode.Entry entry : mapping.entries()) {
          add(entry.key().text(), entry.key().span(), entry.value());
        }
      }
      case null, default -> {}
    }
  }

  private void add(String name, Span span, YamlNode node) {
    if (!PromptyProperty.isProperty(node)) {
      String type = PromptyProperty.kindOf(node.value());
      boolean given = node.value() != null;
      Span value = given ? node.span() : null;
      put(new InputDeclaration(name, type, "", false, given, node.value(), span, value));
      return;
    }
    YamlNode value = node.get("default") == null ? node.get("sample") : node.get("default");
    YamlNode example = node.get("example");
    YamlNode kind = node.get("kind") == null ? node.get("type") : node.get("kind");
    YamlNode required = node.get("required");
    boolean defaulted = value != null && value.value() != null;
    put(
        new InputDeclaration(
                name,
                text(kind),
                text(node.get("description")),
                required != null && Boolean.TRUE.equals(required.value()),
                defaulted,
                value == null ? null : value.value(),
                span,
                value == null ? null : value.span())
            .withExample(example == null ? null : example.value()));
  }

  /// The values of version 1, which stand for inputs that are not given.
  private void sample(@Nullable YamlNode sample) {
    if (!(sample instanceof YamlNode.Mapping mapping)) {
      return;
    }
    for (YamlNode.Entry entry : mapping.entries()) {
      String name = entry.key().text();
      InputDeclaration known = inputs.get(name);
      if (known == null || !known.defaulted()) {
        YamlNode value = entry.value();
        put(
            new InputDeclaration(
                    name,
                    known == null ? PromptyProperty.kindOf(value.value()) : known.type(),
                    known == null ? "" : known.description(),
                    known != null && known.required(),
                    value.value() != null,
                    value.value(),
                    known == null ? entry.key().span() : known.span(),
                    value.span())
                .withExample(known == null ? null : known.example()));
      }
    }
  }

  private void put(InputDeclaration input) {
    inputs.put(input.name(), input);
  }

  private static String text(@Nullable YamlNode node) {
    String text = node == null ? null : node.string();
    return text == null ? "" : text;
  }
}
