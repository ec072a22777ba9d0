package dev.promptls.prompt.convert;

import dev.promptls.prompt.text.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A part of a prompt, whatever its template language: what is printed, and where messages begin.
/// White space is what the rendering has, not what the source has.
sealed interface Piece {
  record Text(String text) implements Piece {}

  /// A value, printed.
  ///
  /// @param where in the source
  record Value(Term term, Span where) implements Piece {}

  /// A value as JSON.
  ///
  /// @param indent spaces a level, 0 for none
  record Json(Term term, int indent, Span where) implements Piece {}

  /// What depends on a condition.
  ///
  /// @param where of the opening tag
  record If(Term test, List<Piece> then, List<Piece> otherwise, Span where) implements Piece {}

  /// What is repeated for each item of a list.
  ///
  /// @param level of the loop, counted from outside, from 1
  /// @param where of the opening tag
  record Each(int level, Term list, List<Piece> body, List<Piece> otherwise, Span where)
      implements Piece {}

  /// A message begins.
  ///
  /// @param role as dotprompt calls it
  record Role(String role, Span where) implements Piece {}

  /// The place of the conversation so far.
  ///
  /// @param name of the input that holds it, where it is one
  record History(@Nullable String name, Span where) implements Piece {}

  record Media(Term url, @Nullable Term type, Span where) implements Piece {}

  record Section(String name, Span where) implements Piece {}

  record Comment(String text, Span where) implements Piece {}

  /// Whether a piece prints nothing that a message is seen by.
  static boolean isSilent(Piece piece) {
    return piece instanceof Comment || (piece instanceof Text(String text) && text.isBlank());
  }

  /// Whether some pieces of a message print nothing when conditions and lists are so.
  static boolean mayBeSilent(List<Piece> pieces) {
    return pieces.stream()
        .allMatch(piece ->
            switch (piece) {
              case If i -> mayBeSilent(i.then()) || mayBeSilent(i.otherwise());
              case Each e -> mayBeSilent(e.otherwise());
              default -> isSilent(piece);
            });
  }

  /// Whether the first thing that some pieces say is that a message begins.
  static boolean beginsWithRole(List<Piece> pieces) {
    for (Piece piece : pieces) {
      if (!isSilent(piece)) {
        return switch (piece) {
          case Role _ -> true;
          case Each each -> beginsWithRole(each.body());
          case If condition -> beginsWithRole(condition.then());
          default -> false;
        };
      }
    }
    return false;
  }

  /// Whether a message begins somewhere in some pieces.
  static boolean speak(List<Piece> pieces) {
    return pieces.stream()
        .anyMatch(piece ->
            switch (piece) {
              case Role _, History _ -> true;
              case If i -> speak(i.then()) || speak(i.otherwise());
              case Each e -> speak(e.body()) || speak(e.otherwise());
              default -> false;
            });
  }
}
