package dev.promptls.prompt.syntax;

import dev.promptls.prompt.text.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A tag `{{…}}` of a template body, read so that unfinished ones are tags too.
///
/// @param span with the braces
/// @param name helper, variable or partial that the tag begins with; empty if there is none
/// @param nameSpan empty span where the name would stand if there is none
/// @param arguments after the name, in order
/// @param blockParameters names between bars: `{{#each list as |item index|}}`
/// @param match the index, among the file's tags, of the tag that closes this block or opens it
public record Tag(
    Kind kind,
    Span span,
    String name,
    Span nameSpan,
    List<Argument> arguments,
    List<String> blockParameters,
    @Nullable Integer match) {
  public Tag {
    arguments = List.copyOf(arguments);
    blockParameters = List.copyOf(blockParameters);
  }

  Tag matching(int other) {
    return new Tag(kind, span, name, nameSpan, arguments, blockParameters, other);
  }

  /// What a tag is for.
  public enum Kind {
    /// `{{name}}`, `{{helper arg}}`, `{{{name}}}`, `{{&name}}`.
    EXPRESSION,
    /// `{{#name …}}`, `{{^name …}}` with a name, `{{#> name}}`.
    OPEN,
    /// `{{/name}}`.
    CLOSE,
    /// `{{else}}`, `{{^}}`, `{{else if …}}`.
    ELSE,
    /// `{{> name …}}`.
    PARTIAL,
    /// `{{! … }}`.
    COMMENT
  }

  /// One argument: a path or a literal.
  ///
  /// @param key the name before `=`, null for a positional argument
  /// @param span of the value
  /// @param text of the value: without quotes for strings
  /// @param path whether it reads a variable
  public record Argument(@Nullable String key, Span span, String text, boolean path) {}

  /// The text of the first positional argument, empty if there is none.
  public String first() {
    for (Argument argument : arguments) {
      if (argument.key() == null) {
        return argument.text();
      }
    }
    return "";
  }
}
