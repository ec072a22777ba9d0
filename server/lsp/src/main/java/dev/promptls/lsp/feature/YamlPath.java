package dev.promptls.lsp.feature;

import dev.promptls.prompt.syntax.FrontMatter;
import dev.promptls.prompt.syntax.YamlNode;
import dev.promptls.prompt.text.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The keys that lead to a place of the front matter.
///
/// @param keys from the top
/// @param keySpan of the last key
/// @param value of the last key
record YamlPath(List<String> keys, Span keySpan, YamlNode value) {
  /// The path of the innermost key whose entry holds an offset.
  static Optional<YamlPath> at(FrontMatter front, int offset) {
    return front.root() == null ? Optional.empty() : at(front.root(), new ArrayList<>(), offset);
  }

  private static Optional<YamlPath> at(YamlNode.Mapping mapping, List<String> above, int offset) {
    for (YamlNode.Entry entry : mapping.entries()) {
      if (entry.span().touches(offset)) {
        var keys = new ArrayList<>(above);
        keys.add(entry.key().text());
        return below(entry.value(), keys, offset)
            .or(() -> Optional.of(new YamlPath(keys, entry.key().span(), entry.value())));
      }
    }
    return Optional.empty();
  }

  /// The keys of a list's items stand below the list.
  private static Optional<YamlPath> below(YamlNode value, List<String> keys, int offset) {
    if (!value.span().touches(offset)) {
      return Optional.empty();
    }
    return switch (value) {
      case YamlNode.Mapping mapping -> at(mapping, keys, offset);
      case YamlNode.Sequence list ->
          list.items().stream()
              .filter(item -> item.span().touches(offset))
              .findFirst()
              .flatMap(item -> below(item, keys, offset));
      case YamlNode.Scalar _ -> Optional.empty();
    };
  }

  boolean isKeyAt(int offset) {
    return keySpan.touches(offset);
  }

  String dotted() {
    return String.join(".", keys);
  }

  /// The input whose declaration or default this is or is part of; empty if it is none.
  Optional<String> input() {
    boolean declares =
        keys.size() == 3
            && keys.getFirst().equals("input")
            && (keys.get(1).equals("schema") || keys.get(1).equals("default"));
    // Picoschema writes `name?(array, description)`.
    return declares ? Optional.of(keys.get(2).replaceFirst("[?(].*$", "")) : Optional.empty();
  }
}
