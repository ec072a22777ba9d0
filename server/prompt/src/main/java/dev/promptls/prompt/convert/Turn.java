package dev.promptls.prompt.convert;

import dev.promptls.prompt.text.Blanks;
import dev.promptls.prompt.text.Span;
import java.util.ArrayList;
import java.util.List;

/// A message of pieces that begin none.
///
/// @param role as dotprompt calls it
record Turn(String role, List<Piece> pieces, Span where) {
  /// Pieces cut at their roles, as dotprompt does it: the first message is the user's, and those
  /// without text are none.
  static List<Turn> cut(List<Piece> flat) {
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
    turns.removeIf(each -> each.pieces().stream().allMatch(Turn::isSilent));
    return turns;
  }

  private static boolean isSilent(Piece piece) {
    return piece instanceof Piece.Comment
        || (piece instanceof Piece.Text(String text) && Blanks.isBlank(text, 0, text.length()));
  }
}
