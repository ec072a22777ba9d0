package dev.promptls.prompt.syntax;

import dev.promptls.prompt.text.LineIndex;

/// Reads plain text: all of it is one user message, nothing in it is a template.
final class TextReader implements FormatReader {
  @Override
  public Format format() {
    return Format.TEXT;
  }

  @Override
  public boolean claimsContent(String name, String text) {
    return false;
  }

  @Override
  public boolean claimsName(String name) {
    return name.endsWith(".txt");
  }

  @Override
  public PromptFile read(String name, LineIndex lines) {
    return WholeText.read(format(), name, lines);
  }
}
