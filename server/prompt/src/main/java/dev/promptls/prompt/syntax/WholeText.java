package dev.promptls.prompt.syntax;

import dev.promptls.prompt.text.LineIndex;
import dev.promptls.prompt.text.Span;
import java.util.List;

/// Trees of formats without templates.
final class WholeText {
  private WholeText() {}

  /// All of the file is one user message.
  static PromptFile read(Format format, String name, LineIndex lines) {
    Span whole = new Span(0, lines.text().length());
    FrontMatterReader.Result parts = new FrontMatterReader.Result(null, whole, whole, List.of());
    return read(format, name, lines, parts);
  }

  /// The body is one user message.
  static PromptFile read(
      Format format, String name, LineIndex lines, FrontMatterReader.Result parts) {
    Span body = parts.body();
    boolean blank = body.strip(lines.text()).isEmpty();
    return read(
        format,
        name,
        lines,
        parts,
        blank ? List.of() : List.of(new MessageNode("user", null, body, body)));
  }

  static PromptFile read(
      Format format,
      String name,
      LineIndex lines,
      FrontMatterReader.Result parts,
      List<MessageNode> messages) {
    return new PromptFile(
        name,
        format,
        lines,
        parts.frontMatter(),
        parts.body(),
        parts.template(),
        messages,
        List.of(),
        List.of(),
        List.of(),
        parts.problems());
  }
}
