package dev.promptls.prompt.check;

import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.syntax.YamlNode;
import dev.promptls.prompt.text.Span;
import java.util.ArrayList;
import java.util.List;

/// The files of rows that a prompt names in its settings.
final class DataFiles {
  private static final List<String> KEYS = List.of("promptls.tests", "promptls.examples");

  private DataFiles() {}

  /// @param path from the folder of the prompt
  record Named(String path, Span span) {}

  static List<Named> named(PromptFile file) {
    List<Named> found = new ArrayList<>();
    for (String key : KEYS) {
      YamlNode value = file.at(key);
      List<YamlNode> items =
          value instanceof YamlNode.Sequence list
              ? list.items()
              : value == null ? List.of() : List.of(value);
      for (YamlNode item : items) {
        String path = item.string();
        if (path != null && !path.isBlank()) {
          found.add(new Named(path, item.span()));
        }
      }
    }
    return found;
  }
}
