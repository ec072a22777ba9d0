package dev.promptls.prompt.syntax;

import dev.promptls.prompt.text.LineIndex;

/// Reads POML as text; its expressions are never executed.
final class PomlReader implements FormatReader {
  @Override
  public Format format() {
    return Format.POML;
  }

  @Override
  public boolean claimsContent(String name, String text) {
    return text.startsWith("<poml") || text.stripLeading().startsWith("<poml");
  }

  @Override
  public boolean claimsName(String name) {
    return name.endsWith(".poml");
  }

  @Override
  public PromptFile read(String name, LineIndex lines) {
    return WholeText.read(format(), name, lines);
  }
}
