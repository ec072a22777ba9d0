package dev.promptls.prompt.syntax;

import dev.promptls.prompt.text.LineIndex;
import dev.promptls.prompt.text.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The least tree: a body that is one user message.
final class WholeText {
  private WholeText() {}

  static PromptFile read(
      Format format,
      String name,
      LineIndex lines,
      FrontMatterReader.@Nullable Result parts,
      Span body) {
    boolean blank = body.strip(lines.text()).isEmpty();
    return new PromptFile(
        name,
        format,
        lines,
        parts == null ? null : parts.frontMatter(),
        body,
        body,
        blank ? List.of() : List.of(new MessageNode("user", null, body, body)),
        List.of(),
        List.of(),
        List.of(),
        parts == null ? List.of() : parts.problems());
  }
}
