package dev.promptls.prompt.syntax;

import dev.promptls.prompt.text.LineIndex;
import dev.promptls.prompt.text.Span;
import java.util.ArrayList;
import java.util.List;

/// Reads POML (microsoft/poml) to look at: messages, examples, links and variables. Expressions are
/// never executed and files never read; both stay as they are written.
final class PomlReader implements FormatReader {
  @Override
  public Format format() {
    return Format.POML;
  }

  @Override
  public boolean claimsContent(String name, String text) {
    int start = 0;
    while (start < text.length() && Character.isWhitespace(text.charAt(start))) {
      start++;
    }
    return text.startsWith("<poml", start);
  }

  @Override
  public boolean claimsName(String name) {
    return name.endsWith(".poml");
  }

  @Override
  public PromptFile read(String name, LineIndex lines) {
    String text = lines.text();
    PomlScanner.Result document = PomlScanner.scan(text);
    PomlMessages messages = PomlMessages.of(text, document.roots());
    PomlReferences references = PomlReferences.of(text, document.roots());
    Span whole = new Span(0, text.length());
    List<Problem> problems = new ArrayList<>(document.problems());
    problems.addAll(PomlElements.problems(document.roots()));
    return new PromptFile(
        name,
        format(),
        lines,
        null,
        whole,
        whole,
        messages.list(),
        List.of(),
        references.uses(),
        references.inputs(),
        references.links(),
        problems);
  }
}
