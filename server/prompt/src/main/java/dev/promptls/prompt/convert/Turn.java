package dev.promptls.prompt.convert;

import dev.promptls.prompt.text.Blanks;
import dev.promptls.prompt.text.Span;
import java.util.ArrayList;
import java.util.List;

/// A message of pieces that begin none.
///
/// @param role as dotprompt calls it
record Turn(String role, List<Piece> pieces, Span where) {
  /// Pieces cut at their roles, as dotprompt does it: the first message is the user's.
  ///
  /// @param blanks whether messages of nothing but white space are messages
  static List<Turn> cut(List<Piece> flat, boolean blanks) {
    List<Turn> turns = new ArrayList<>();
    Turn turn = new Turn("user", new ArrayList<>(), Span.at(0));
    for (Piece piece : flat) {
      if (piece instanceof Piece.Role(String role, Span where)) {
        turns.add(turn);
        turn = new Turn(role, new ArrayList<>(), where);
      } else {
        turn.pieces().add(piece);
      }
    }
    turns.add(turn);
    if (!blanks) {
      turns.removeIf(Turn::isSilent);
    } else if (turns.getFirst().pieces().isEmpty()) {
      turns.removeFirst();
    }
    return turns;
  }

  private boolean isSilent() {
    return pieces.stream().allMatch(Turn::isSilent);
  }

  private static boolean isSilent(Piece piece) {
    return piece instanceof Piece.Comment
        || (piece instanceof Piece.Text(String text) && Blanks.isBlank(text, 0, text.length()));
  }
}
