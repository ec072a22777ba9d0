package dev.promptls.lsp.convert;

import dev.promptls.prompt.text.Encoding;
import dev.promptls.prompt.text.LineIndex;
import dev.promptls.prompt.text.Span;
import dev.promptls.prompt.text.TextEdit;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.Range;

/// Places in one text, as the protocol writes them.
///
/// @param encoding what the client agreed that a column counts
public record Places(LineIndex lines, Encoding encoding) {
  /// An offset in UTF-16 units; a position beyond its line or the text means its end.
  public int offset(Position position) {
    return lines.offset(
        new dev.promptls.prompt.text.Position(position.getLine(), position.getCharacter()),
        encoding);
  }

  public Span span(Range range) {
    int start = offset(range.getStart());
    return new Span(start, Math.max(start, offset(range.getEnd())));
  }

  public Position position(int offset) {
    var position = lines.position(offset, encoding);
    return new Position(position.line(), position.character());
  }

  public Range range(Span span) {
    return new Range(position(span.start()), position(span.end()));
  }

  public org.eclipse.lsp4j.TextEdit edit(TextEdit edit) {
    return new org.eclipse.lsp4j.TextEdit(range(edit.span()), edit.replacement());
  }
}
