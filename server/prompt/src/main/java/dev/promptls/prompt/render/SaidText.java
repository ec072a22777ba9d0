package dev.promptls.prompt.render;

import dev.promptls.prompt.syntax.Decoded;
import dev.promptls.prompt.syntax.MessageNode;
import dev.promptls.prompt.text.Span;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A text part that is made of what a message says, with some stretches replaced, and remembers
/// where each piece stands in the file.
final class SaidText {
  private final String said;
  private final int base;
  private final @Nullable List<Decoded.Piece> pieces;
  private final StringBuilder text = new StringBuilder();
  private final List<Origin> origins = new ArrayList<>();

  /// The first piece that what comes next may lie in.
  private int piece;

  /// @param file the whole text of the file
  SaidText(MessageNode message, String file) {
    Decoded coding = message.coding();
    this.said = message.said(file);
    this.base = message.content().start();
    this.pieces = coding == null ? null : coding.pieces();
  }

  String said() {
    return said;
  }

  int length() {
    return text.length();
  }

  /// Adds a stretch of what is said as it is. Stretches come from front to back.
  void copy(int from, int to) {
    if (from >= to) {
      return;
    }
    if (pieces == null) {
      origin(new Span(from, to), to - from, true);
    } else {
      copyPieces(pieces, from, to);
    }
    text.append(said, from, to);
  }

  /// Adds a value in the place of a stretch of what is said.
  void replace(Span stretch, String value, MessageNode message) {
    if (!value.isEmpty()) {
      Span source = message.source(stretch).shift(-base);
      origin(source, value.length(), false);
      text.append(value);
    }
  }

  Part.Text part() {
    return new Part.Text(text.toString(), origins);
  }

  private void copyPieces(List<Decoded.Piece> all, int from, int to) {
    int before = text.length();
    while (piece < all.size() && all.get(piece).decoded().end() <= from) {
      piece++;
    }
    for (int i = piece; i < all.size() && all.get(i).decoded().start() < to; i++) {
      Decoded.Piece next = all.get(i);
      int start = Math.max(from, next.decoded().start());
      int end = Math.min(to, next.decoded().end());
      int cut = start - next.decoded().start();
      Span source =
          next.literal()
              ? new Span(next.source().start() + cut, next.source().start() + cut + end - start)
              : next.source();
      int at = before + start - from;
      origins.add(new Origin(at, at + end - start, "", source.shift(base), next.literal()));
    }
  }

  private void origin(Span source, int length, boolean literal) {
    origins.add(new Origin(text.length(), text.length() + length, "", source.shift(base), literal));
  }
}
