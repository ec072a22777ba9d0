package dev.promptls.lsp.feature;

import dev.promptls.lab.analysis.Surprisal;
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
  /// Lines that are looked at one by one for where a highlight begins.
  private static final int NEAR = 8;

  private final LineIndex lines;
  private final Encoding encoding;
  private int[] data;
  private int size;
  private int lastLine;
  private int lastColumn;
  private int lastStart;

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
      Highlight.Kind kind = highlight.kind();
      tokens.add(highlight.span(), TokenLegend.type(kind), TokenLegend.modifiers(kind));
    }
    return Arrays.copyOf(tokens.data, tokens.size);
  }

  /// The heat map of a stretch of a document: what a model was surprised by, and how much.
  static int[] of(Document document, Surprisal surprisal, Span region, Encoding encoding) {
    var tokens = new TokenData(document.lines(), encoding, surprisal.tokens().size());
    int end = 0;
    for (Surprisal.Token token : surprisal.tokens()) {
      Span span = token.source();
      // Tokens that share a character stand at the same place.
      if (span != null && span.start() >= end && region.overlaps(span)) {
        tokens.add(span.strip(document.text()), TokenLegend.surprisal(token.surprisal()), 0);
        end = span.end();
      }
    }
    return Arrays.copyOf(tokens.data, tokens.size);
  }

  private void add(Span span, int type, int modifiers) {
    for (int each = line(span.start()); each < lines.lineCount(); each++) {
      int from = lines.lineStart(each);
      if (from > span.end()) {
        return;
      }
      int start = Math.max(span.start(), from);
      int end = Math.min(span.end(), lines.lineEnd(each));
      if (start < end) {
        boolean further = each == lastLine && start >= lastStart;
        int column =
            further
                ? lastColumn + lines.width(lastStart, start, encoding)
                : lines.width(from, start, encoding);
        put(each, column, lines.width(start, end, encoding), type, modifiers);
        lastStart = start;
      }
    }
  }

  /// The line of an offset, which mostly is that of the highlight before or one of the next.
  private int line(int offset) {
    int line = lastLine;
    if (offset < lines.lineStart(line)) {
      return lines.line(offset);
    }
    while (line + 1 < lines.lineCount() && lines.lineStart(line + 1) <= offset) {
      line++;
      if (line - lastLine > NEAR) {
        return lines.line(offset);
      }
    }
    return line;
  }

  private void put(int line, int column, int length, int type, int modifiers) {
    if (size == data.length) {
      data = Arrays.copyOf(data, 2 * data.length);
    }
    data[size++] = line - lastLine;
    data[size++] = line == lastLine ? column - lastColumn : column;
    data[size++] = length;
    data[size++] = type;
    data[size++] = modifiers;
    lastLine = line;
    lastColumn = column;
  }
}
