package dev.promptls.prompt.schema;

import dev.promptls.prompt.syntax.InputDeclaration;
import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.syntax.YamlNode;
import dev.promptls.prompt.text.Span;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a prompt says of its inputs, and which values do not fit that. Rendering does not ask: the
/// reference implementations of dotprompt and Prompty render whatever they are given, so a misfit
/// is something to tell the author, no refusal.
public final class InputSchema {
  private final PromptFile file;
  private final JsonSchema schema;

  private InputSchema(PromptFile file, JsonSchema schema) {
    this.file = file;
    this.schema = schema;
  }

  /// The schema of a file's inputs: its own, in Picoschema or JSON schema, or one made of the types
  /// that the inputs are declared with.
  ///
  /// @param named JSON schemas that may be referred to by name
  /// @return null if the file says nothing of its inputs' types
  /// @throws SchemaException if the schema cannot be read
  public static @Nullable InputSchema of(
      PromptFile file, Map<String, ? extends @Nullable Object> named) throws SchemaException {
    YamlNode written = file.at("input", "schema");
    Object schema =
        written == null ? declared(file) : Picoschema.toJsonSchema(written.value(), named);
    return schema == null ? null : new InputSchema(file, JsonSchema.of(schema));
  }

  /// The defaults that do not fit, each with the place in the file. That a default is missing is no
  /// misfit: a value may still be given.
  public List<Misfit> defaults() {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    for (InputDeclaration input : file.inputs()) {
      if (input.defaulted()) {
        values.put(input.name(), input.defaultValue());
      }
    }
    List<Misfit> placed = new ArrayList<>();
    for (Misfit misfit : values.isEmpty() ? List.<Misfit>of() : schema.check(values, "")) {
      if (!(misfit.path().isEmpty() && misfit.keyword().equals("required"))) {
        placed.add(misfit.at(place(misfit)));
      }
    }
    return List.copyOf(placed);
  }

  /// What does not fit of the values that a caller gives, over the defaults. Misfits of defaults
  /// that nothing was given for are left out.
  public List<Misfit> values(Map<String, ? extends @Nullable Object> given) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    for (InputDeclaration input : file.inputs()) {
      if (input.defaulted()) {
        values.put(input.name(), input.defaultValue());
      }
    }
    values.putAll(given);
    List<Misfit> misfits = new ArrayList<>();
    for (Misfit misfit : schema.check(values, "")) {
      if (misfit.path().isEmpty() || given.containsKey(misfit.path().getFirst())) {
        misfits.add(misfit);
      }
    }
    return List.copyOf(misfits);
  }

  private Span place(Misfit misfit) {
    if (misfit.path().isEmpty()) {
      YamlNode written = file.at("input", "schema");
      return written == null ? Span.at(0) : written.span();
    }
    InputDeclaration input = file.input(misfit.path().getFirst());
    Span span = input == null ? null : input.defaultSpan();
    YamlNode whole = file.frontMatter() == null ? null : file.frontMatter().root();
    YamlNode node = span == null || whole == null ? null : nodeAt(whole, span);
    if (node == null) {
      return span == null ? Span.at(0) : span;
    }
    boolean key = misfit.keyword().equals("additionalProperties");
    return below(node, misfit.path().subList(1, misfit.path().size()), key);
  }

  /// The node of exactly one stretch of the file.
  private static @Nullable YamlNode nodeAt(YamlNode from, Span span) {
    YamlNode node = from;
    while (node != null && !node.span().equals(span)) {
      YamlNode inside = null;
      for (YamlNode child : children(node)) {
        inside = child.span().contains(span) ? child : inside;
      }
      node = inside;
    }
    return node;
  }

  private static List<YamlNode> children(YamlNode node) {
    return switch (node) {
      case YamlNode.Mapping mapping ->
          mapping.entries().stream().map(YamlNode.Entry::value).toList();
      case YamlNode.Sequence sequence -> sequence.items();
      case YamlNode.Scalar _ -> List.of();
    };
  }

  /// Where a path of a value leads, as far as it is written out.
  ///
  /// @param key whether the last step means its key rather than the value
  private static Span below(YamlNode from, List<String> path, boolean key) {
    YamlNode node = from;
    for (int i = 0; i < path.size(); i++) {
      String step = path.get(i);
      YamlNode next = null;
      if (node instanceof YamlNode.Mapping mapping && mapping.entry(step) != null) {
        YamlNode.Entry entry = mapping.entry(step);
        if (key && i == path.size() - 1 && entry != null) {
          return entry.key().span();
        }
        next = mapping.get(step);
      } else if (node instanceof YamlNode.Sequence sequence) {
        int index = Integer.parseInt(step);
        next = index < sequence.items().size() ? sequence.items().get(index) : null;
      }
      if (next == null) {
        break;
      }
      node = next;
    }
    return node.span();
  }

  private static @Nullable Object declared(PromptFile file) {
    Map<String, @Nullable Object> properties = new LinkedHashMap<>();
    for (InputDeclaration input : file.inputs()) {
      Object type =
          switch (input.type()) {
            case "string", "integer", "number", "boolean", "array", "object" -> input.type();
            case "float" -> "number";
            case "list" -> "array";
            default -> null;
          };
      if (type != null) {
        Object allowed = input.required() ? type : List.of(type, "null");
        properties.put(input.name(), Map.of("type", allowed));
      }
    }
    return properties.isEmpty() ? null : Map.of("type", "object", "properties", properties);
  }
}
