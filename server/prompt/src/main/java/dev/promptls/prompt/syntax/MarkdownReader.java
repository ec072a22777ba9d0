package dev.promptls.prompt.syntax;

import dev.promptls.prompt.text.LineIndex;

/// Reads VS Code's prompt, instruction, agent and skill files: front matter and Markdown.
final class MarkdownReader implements FormatReader {
  @Override
  public Format format() {
    return Format.MARKDOWN;
  }

  @Override
  public boolean claimsContent(String name, String text) {
    return false;
  }

  @Override
  public boolean claimsName(String name) {
    return name.endsWith(".md");
  }

  @Override
  public PromptFile read(String name, LineIndex lines) {
    FrontMatterReader.Result parts = FrontMatterReader.read(lines.text());
    return WholeText.read(format(), name, lines, parts);
  }
}
