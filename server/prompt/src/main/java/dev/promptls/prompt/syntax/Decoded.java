package dev.promptls.prompt.syntax;

import dev.promptls.prompt.text.InOrder;
import dev.promptls.prompt.text.IntList;
import dev.promptls.prompt.text.Span;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a stretch of source says that is written with escapes, quotes or indentation, and the way
/// back to the source. Offsets of the source count from the start of the stretch, so that an edit
/// before it changes nothing here. Immutable.
public final class Decoded {
  /// `start, from, to, literal` of each piece, in order and without gaps in the decoded text.
  private static final int STRIDE = 4;

  private final String text;
  private final int[] pieces;

  private Decoded(String text, int[] pieces) {
    this.text = text;
    this.pieces = pieces;
  }

  /// A piece of the decoded text.
  ///
  /// @param decoded in the decoded text
  /// @param source in the source, from the start of the stretch
  /// @param literal whether both are the same, character for character
  public record Piece(Span decoded, Span source, boolean literal) {}

  /// A text of which nothing is known but that a stretch of this length says it.
  static Decoded opaque(String text, int length) {
    Builder builder = new Builder();
    builder.add(text.length(), 0, length);
    return builder.build(text);
  }

  /// What the source says.
  public String text() {
    return text;
  }

  /// The source of a stretch of the decoded text, from the start of the whole; all of an escape if
  /// the stretch holds a part of it.
  public Span source(Span decoded) {
    if (pieces.length == 0) {
      return Span.at(0);
    }
    int first = pieceAt(decoded.start());
    int last = decoded.isEmpty() ? first : pieceAt(decoded.end() - 1);
    int start = from(first) + (literal(first) ? decoded.start() - start(first) : 0);
    int end = literal(last) ? from(last) + decoded.end() - start(last) : to(last);
    return decoded.isEmpty() ? Span.at(start) : new Span(start, Math.max(start, end));
  }

  /// The pieces in order.
  public List<Piece> pieces() {
    List<Piece> list = new ArrayList<>(count());
    for (int i = 0; i < count(); i++) {
      list.add(new Piece(new Span(start(i), end(i)), new Span(from(i), to(i)), literal(i)));
    }
    return list;
  }

  private int count() {
    return pieces.length / STRIDE;
  }

  private int start(int piece) {
    return pieces[piece * STRIDE];
  }

  private int end(int piece) {
    return piece + 1 < count() ? start(piece + 1) : text.length();
  }

  private int from(int piece) {
    return pieces[piece * STRIDE + 1];
  }

  private int to(int piece) {
    return literal(piece) ? from(piece) + end(piece) - start(piece) : pieces[piece * STRIDE + 2];
  }

  private boolean literal(int piece) {
    return pieces[piece * STRIDE + 3] != 0;
  }

  /// The last piece that begins at or before an offset of the decoded text.
  private int pieceAt(int offset) {
    return Math.max(0, InOrder.first(count(), piece -> start(piece) > offset) - 1);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Decoded that
        && text.equals(that.text)
        && Arrays.equals(pieces, that.pieces);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /// Collects pieces from front to back.
  static final class Builder {
    private final IntList pieces = new IntList();
    private int length;
    private int literalEnd = -1;

    /// Adds a stretch of the source that says itself.
    void copy(int from, int to) {
      if (from < to) {
        piece(from, to, to - from, true);
      }
    }

    /// Adds as many units of the text as a stretch of the source stands for.
    void add(int units, int from, int to) {
      if (units > 0) {
        piece(from, to, units, false);
      }
    }

    /// Adds all of another stretch, which begins at an offset of this one.
    void addAll(Decoded other, int move) {
      for (Piece piece : other.pieces()) {
        Span source = piece.source().shift(move);
        piece(source.start(), source.end(), piece.decoded().length(), piece.literal());
      }
    }

    /// @param text of as many units as were added
    Decoded build(String text) {
      return new Decoded(text, pieces.toArray());
    }

    int count() {
      return pieces.size() / STRIDE;
    }

    private void piece(int from, int to, int units, boolean literal) {
      boolean goesOn = literal && from == literalEnd;
      literalEnd = literal ? to : -1;
      if (!goesOn) {
        pieces.add(length);
        pieces.add(from);
        pieces.add(to);
        pieces.add(literal ? 1 : 0);
      }
      length += units;
    }
  }
}
