package dev.promptls.prompt.format;

import dev.promptls.prompt.text.TextEdit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What formatting a file would change.
///
/// @param edits as small as they can be, in source order; empty if there is nothing to do
/// @param refusal why a part was left as it is although it could be read, in one sentence; null if
///   nothing was
public record Formatted(List<TextEdit> edits, @Nullable String refusal) {
  public Formatted {
    edits = List.copyOf(edits);
  }
}
