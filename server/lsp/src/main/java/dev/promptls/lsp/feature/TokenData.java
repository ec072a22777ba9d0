package dev.promptls.lsp.feature;

import dev.promptls.lsp.convert.TokenLegend;
import dev.promptls.lsp.session.Document;
import dev.promptls.prompt.highlight.Highlight;
import dev.promptls.prompt.highlight.Highlights;
import dev.promptls.prompt.text.Encoding;
import dev.promptls.prompt.text.LineIndex;
import dev.promptls.prompt.text.Span;
import java.util.Arrays;
import java.util.List;

/// Semantic tokens as the protocol packs them: five numbers each, relative to the one before.
final class TokenData {
  private final LineIndex lines;
  private final Encoding encoding;
  private int[] data;
  private int size;
  private int lastLine;
  private int lastColumn;

  private TokenData(LineIndex lines, Encoding encoding, int tokens) {
    this.lines = lines;
    this.encoding = encoding;
    this.data = new int[5 * tokens];
  }

  /// The tokens of a stretch of a document. None goes over the end of a line: not all clients can
  /// show that.
  static int[] of(Document document, Span region, Encoding encoding) {
    List<Highlight> highlights = Highlights.of(document.file(), document.shots(), region);
    var tokens = new TokenData(document.lines(), encoding, highlights.size());
    for (Highlight highlight : highlights) {
      tokens.add(highlight);
    }
    return Arrays.copyOf(tokens.data, tokens.size);
  }

  private void add(Highlight highlight) {
    Span span = highlight.span();
    int line = lines.line(span.start());
    int last = lines.line(span.end());
    for (int each = line; each <= last; each++) {
      int start = Math.max(span.start(), lines.lineStart(each));
      int end = Math.min(span.end(), lines.lineEnd(each));
      if (start < end) {
        int column = lines.position(start, encoding).character();
        int length = lines.position(end, encoding).character() - column;
        put(each, column, length, highlight.kind());
      }
    }
  }

  private void put(int line, int column, int length, Highlight.Kind kind) {
    if (size == data.length) {
      data = Arrays.copyOf(data, 2 * data.length);
    }
    data[size++] = line - lastLine;
    data[size++] = line == lastLine ? column - lastColumn : column;
    data[size++] = length;
    data[size++] = TokenLegend.type(kind);
    data[size++] = TokenLegend.modifiers(kind);
    lastLine = line;
    lastColumn = column;
  }
}
