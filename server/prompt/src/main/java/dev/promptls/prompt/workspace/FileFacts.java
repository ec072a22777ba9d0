package dev.promptls.prompt.workspace;

import dev.promptls.prompt.syntax.Format;
import java.util.List;

/// What an index keeps of a file: names, no places. Places are looked up in the text as it is when
/// they are asked for.
///
/// @param path absolute, with `/`
/// @param partials the calls of partials, in source order
/// @param names the inputs that are read or declared, as dotted paths, sorted
/// @param links the paths of other files as they are written, in source order
/// @param symbols what can be searched for, in source order
public record FileFacts(
    String path,
    Format format,
    List<PartialUse> partials,
    List<String> names,
    List<String> links,
    List<NamedPlace> symbols) {
  public FileFacts {
    partials = List.copyOf(partials);
    names = List.copyOf(names);
    links = List.copyOf(links);
    symbols = List.copyOf(symbols);
  }

  /// Something with a name.
  public record NamedPlace(String name, Kind kind) {
    /// What it is.
    public enum Kind {
      PROMPT,
      PARTIAL,
      INPUT,
      SECTION
    }
  }

  /// Whether an input is read or declared here, itself or a field of it.
  boolean mentions(List<String> input) {
    String dotted = String.join(".", input);
    for (String name : names) {
      if (name.startsWith(dotted)
          && (name.length() == dotted.length() || name.charAt(dotted.length()) == '.')) {
        return true;
      }
    }
    return false;
  }
}
