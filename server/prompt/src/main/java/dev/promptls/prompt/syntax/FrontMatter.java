package dev.promptls.prompt.syntax;

import dev.promptls.prompt.text.Span;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The settings at the head of a file.
///
/// @param span with both fences, to the end of the closing line's dashes
/// @param content between the fences
/// @param root the part that could be read, null if nothing was
/// @param valid whether it is YAML; if not, dotprompt takes the whole file as the template
public record FrontMatter(Span span, Span content, YamlNode.@Nullable Mapping root, boolean valid) {
  /// The values that could be read; empty if none.
  public Map<String, @Nullable Object> values() {
    return root == null ? Map.of() : root.value();
  }

  /// The node below some keys.
  public @Nullable YamlNode at(String... path) {
    return root == null ? null : root.at(path);
  }
}
