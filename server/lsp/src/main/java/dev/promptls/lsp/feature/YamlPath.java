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
        Optional<YamlPath> inner =
            entry.value() instanceof YamlNode.Mapping below && below.span().touches(offset)
                ? at(below, keys, offset)
                : Optional.empty();
        return inner.or(() -> Optional.of(new YamlPath(keys, entry.key().span(), entry.value())));
      }
    }
    return Optional.empty();
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
