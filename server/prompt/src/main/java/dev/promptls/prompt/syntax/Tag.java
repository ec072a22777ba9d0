package dev.promptls.prompt.syntax;

import dev.promptls.prompt.text.Shiftable;
import dev.promptls.prompt.text.Span;
import java.util.List;
import java.util.Objects;
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
    @Nullable Integer match)
    implements Shiftable<Tag> {
  public Tag {
    arguments = List.copyOf(arguments);
    blockParameters = List.copyOf(blockParameters);
  }

  Tag matching(@Nullable Integer other) {
    return new Tag(kind, span, name, nameSpan, arguments, blockParameters, other);
  }

  @Override
  public Tag shifted(int by, int index) {
    if (by == 0) {
      return this;
    }
    List<Argument> moved = arguments;
    if (!arguments.isEmpty()) {
      Argument[] all = arguments.toArray(new Argument[0]);
      for (int i = 0; i < all.length; i++) {
        all[i] = all[i].shifted(by);
      }
      moved = List.of(all);
    }
    return new Tag(kind, span.shift(by), name, nameSpan.shift(by), moved, blockParameters, match);
  }

  /// Whether two tags say the same, wherever they stand and whatever they match. A tag with a
  /// mistake may depend on text behind it, so that the same characters are not enough.
  public boolean isAlike(Tag other) {
    boolean same =
        kind == other.kind
            && name.equals(other.name)
            && blockParameters.equals(other.blockParameters)
            && arguments.size() == other.arguments.size();
    for (int i = 0; same && i < arguments.size(); i++) {
      Argument argument = arguments.get(i);
      Argument twin = other.arguments.get(i);
      same =
          argument.text().equals(twin.text())
              && Objects.equals(argument.key(), twin.key())
              && argument.path() == twin.path();
    }
    return same;
  }

  /// Whether it includes a partial and opens the block that stands in for a missing one: `{{#>
  /// name}}`.
  ///
  /// @param text of the file
  public boolean opensPartial(String text) {
    int name = Math.max(span.start(), nameSpan.start());
    return kind == Kind.OPEN && text.indexOf('>', span.start(), name) >= 0;
  }

  /// Whether it opens or closes a block.
  boolean isBlock() {
    return kind == Kind.OPEN || kind == Kind.CLOSE;
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
  public record Argument(@Nullable String key, Span span, String text, boolean path) {
    Argument shifted(int by) {
      return new Argument(key, span.shift(by), text, path);
    }
  }

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
