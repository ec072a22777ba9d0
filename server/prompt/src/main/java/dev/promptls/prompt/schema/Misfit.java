package dev.promptls.prompt.schema;

import dev.promptls.prompt.text.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A value that does not fit its schema.
///
/// @param path from the whole value to what does not fit: keys, and indices as digits
/// @param keyword of JSON schema that is not met: `type`, `enum`, `required` …; `schema` where the
///   schema itself cannot be read, `limit` where checking it took too long
/// @param sentence what is wrong and what is wanted
/// @param span in the file, null for values from outside
public record Misfit(List<String> path, String keyword, String sentence, @Nullable Span span) {
  public Misfit {
    path = List.copyOf(path);
  }

  Misfit at(Span place) {
    return new Misfit(path, keyword, sentence, place);
  }
}
