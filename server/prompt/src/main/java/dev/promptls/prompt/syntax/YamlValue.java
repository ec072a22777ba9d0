package dev.promptls.prompt.syntax;

import dev.promptls.prompt.text.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a YAML document says.
///
/// @param value maps, lists, strings, numbers, booleans and null
/// @param problems of reading, with places in the document
public record YamlValue(@Nullable Object value, List<Problem> problems) {
  /// Reads a document of at most a million characters.
  public static YamlValue of(String text) {
    Span whole = new Span(0, text.length());
    YamlReader.Result read = YamlReader.read(text, whole, FrontMatterReader.MAX_LENGTH);
    YamlNode root = read.root();
    return new YamlValue(root == null ? null : root.value(), read.problems());
  }
}
