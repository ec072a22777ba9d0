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

  /// Tells what depends on conditions and lists between dotprompt, which leaves blank messages out
  /// and keeps line breaks at the borders of others, and Prompty, which does neither.
  ///
  /// @param silent the rest of a sentence about a message that may be blank
  static void tellBorders(List<Piece> pieces, String silent, Losses losses) {
    for (Turn turn : cut(pieces, false)) {
      List<Piece> said = turn.pieces().stream().takeWhile(p -> !Piece.speak(List.of(p))).toList();
      if (Piece.mayBeSilent(said) && !said.stream().allMatch(Piece::isSilent)) {
        losses.add("the message of " + turn.role(), turn.where(), silent);
      } else if (turn.isLoose()) {
        losses.add(
            "the white space beside what may say nothing",
            turn.where(),
            "is dropped or not where it does: Prompty trims messages, dotprompt does not");
      }
    }
  }

  /// Whether white space comes to stand at a border where a block says nothing: of the message, or
  /// of what stands before and behind the conversation so far.
  private boolean isLoose() {
    int from = 0;
    for (int i = 0; i <= pieces.size(); i++) {
      if (i == pieces.size() || pieces.get(i) instanceof Piece.History) {
        List<Piece> part = pieces.subList(from, i);
        boolean loose = isLoose(part, false, from > 0);
        if (loose || isLoose(part.reversed(), true, i < pieces.size())) {
          return true;
        }
        from = i + 1;
      }
    }
    return false;
  }

  /// @param pieces from the border on
  /// @param end whether it is the one behind them
  /// @param thread whether the conversation so far is at the border
  private static boolean isLoose(List<Piece> pieces, boolean end, boolean thread) {
    boolean block = false;
    for (Piece piece : pieces) {
      if (block && isBlankAt(piece, end, thread)) {
        return true;
      }
      if (!Piece.mayBeSilent(List.of(piece))) {
        return false;
      }
      block |= !Piece.isSilent(piece);
    }
    return false;
  }

  /// Whether a piece may begin or end with white space that is dropped at a border.
  private static boolean isBlankAt(Piece piece, boolean end, boolean thread) {
    return switch (piece) {
      case Piece.Text(String text) -> {
        char outer = text.charAt(end ? text.length() - 1 : 0);
        yield outer == '\n' || (thread && Blanks.isBlank(outer));
      }
      case Piece.If i -> isBlankAt(i.then(), end, thread) || isBlankAt(i.otherwise(), end, thread);
      case Piece.Each each -> isBlankAt(each.body(), end, thread);
      default -> false;
    };
  }

  private static boolean isBlankAt(List<Piece> pieces, boolean end, boolean thread) {
    return !pieces.isEmpty() && isBlankAt(end ? pieces.getLast() : pieces.getFirst(), end, thread);
  }

  private boolean isSilent() {
    return pieces.stream().allMatch(Piece::isSilent);
  }
}
