package dev.promptls.prompt.syntax;

import dev.promptls.prompt.text.Span;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The variables of a GitHub Models prompt: used in its messages and evaluators, given by the rows
/// of its test data.
///
/// @param uses in source order
/// @param declared by the keys of the test data, in the order in which they first stand there
record GithubInputs(List<VariableUse> uses, List<InputDeclaration> declared) {
  private static final List<String> STRING_TESTS =
      List.of("equals", "contains", "startsWith", "endsWith");

  /// What the rows hold for the evaluators, by custom; an input only if it is used as one.
  private static final String EXPECTED = "expected";

  /// In a judge's prompt this is the answer under test.
  private static final String COMPLETION = "completion";

  static GithubInputs read(String text, FrontMatter file, List<MessageNode> messages) {
    Map<String, List<YamlNode.Entry>> given = given(file.at("testData"));
    Collector collector = new Collector(text, given.keySet());
    for (MessageNode message : messages) {
      collector.find(message.said(text), message.content(), message.coding());
    }
    if (file.at("evaluators") instanceof YamlNode.Sequence evaluators) {
      evaluators.items().forEach(collector::evaluator);
    }
    collector.uses.sort((a, b) -> a.span().compareTo(b.span()));
    Set<String> used = new HashSet<>();
    collector.uses.forEach(use -> used.add(use.name()));
    List<InputDeclaration> declared = new ArrayList<>();
    given.forEach((name, entries) -> {
      if (!name.equals(EXPECTED) || used.contains(name)) {
        declared.add(declaration(name, entries));
      }
    });
    return new GithubInputs(List.copyOf(collector.uses), List.copyOf(declared));
  }

  private static Map<String, List<YamlNode.Entry>> given(@Nullable YamlNode testData) {
    Map<String, List<YamlNode.Entry>> given = new LinkedHashMap<>();
    if (testData instanceof YamlNode.Sequence rows) {
      for (YamlNode row : rows.items()) {
        if (row instanceof YamlNode.Mapping fields) {
          for (YamlNode.Entry field : fields.entries()) {
            given.computeIfAbsent(field.key().text(), _ -> new ArrayList<>()).add(field);
          }
        }
      }
    }
    return given;
  }

  private static InputDeclaration declaration(String name, List<YamlNode.Entry> entries) {
    Set<String> types = new HashSet<>();
    entries.forEach(entry -> types.add(type(entry.value().value())));
    List<Span> spans = entries.stream().map(entry -> entry.key().span()).toList();
    String type = types.size() == 1 ? types.iterator().next() : "any";
    return new InputDeclaration(name, type, "", true, false, null, spans.getFirst(), null)
        .alsoAt(spans.subList(1, spans.size()));
  }

  private static String type(@Nullable Object value) {
    return switch (value) {
      case null -> "null";
      case String _ -> "string";
      case Boolean _ -> "boolean";
      case Long _ -> "integer";
      case BigInteger _ -> "integer";
      case Number _ -> "number";
      case List<?> _ -> "array";
      default -> "object";
    };
  }

  /// Finds uses.
  private record Collector(String text, Set<String> given, List<VariableUse> uses) {
    Collector(String text, Set<String> given) {
      this(text, given, new ArrayList<>());
    }

    void evaluator(YamlNode evaluator) {
      for (String test : STRING_TESTS) {
        scalar(evaluator.at("string", test));
      }
      scalar(evaluator.at("llm", "prompt"));
    }

    private void scalar(@Nullable YamlNode node) {
      if (node instanceof YamlNode.Scalar scalar) {
        find(scalar.text(), scalar.span(), ScalarCoding.of(text, scalar));
      }
    }

    void find(String said, Span content, @Nullable Decoded coding) {
      for (Span name : Placeholders.names(said, given)) {
        Span source = (coding == null ? name : coding.source(name)).shift(content.start());
        String variable = name.of(said);
        if (!variable.equals(COMPLETION) || given.contains(variable)) {
          uses.add(new VariableUse(variable, List.of(variable), source, List.of()));
        }
      }
    }
  }
}
