package dev.promptls.lsp.convert;

import dev.promptls.prompt.highlight.Highlight;
import java.util.List;

/// What semantic tokens are called on the wire: types and modifiers that the protocol names, which
/// every editor's theme knows, and the levels of the heat map, `surprisal0` to `surprisal4`.
public final class TokenLegend {
  /// The token types, in the order of their numbers.
  public static final List<String> TYPES =
      List.of(
          "property",
          "string",
          "number",
          "keyword",
          "function",
          "macro",
          "parameter",
          "variable",
          "comment",
          "label",
          "enumMember",
          "surprisal0",
          "surprisal1",
          "surprisal2",
          "surprisal3",
          "surprisal4");

  /// Where the levels of the heat map begin, in bits: a token of 1 bit was as likely as not.
  private static final double[] LEVELS = {1, 3, 6, 10};

  /// The token modifiers, in the order of their bits.
  public static final List<String> MODIFIERS = List.of("documentation", "defaultLibrary");

  private static final int DOCUMENTATION = 1;
  private static final int DEFAULT_LIBRARY = 2;

  private TokenLegend() {}

  /// The number of a kind's type.
  public static int type(Highlight.Kind kind) {
    return TYPES.indexOf(
        switch (kind) {
          case KEY -> "property";
          case STRING, REASONING -> "string";
          case NUMBER -> "number";
          case CONSTANT, ROLE -> "keyword";
          case HELPER -> "function";
          case PARTIAL, SPECIAL -> "macro";
          case INPUT -> "parameter";
          case VARIABLE -> "variable";
          case COMMENT -> "comment";
          case LABEL -> "label";
          case ANSWER -> "enumMember";
        });
  }

  /// The number of the type for a token that surprises so much.
  ///
  /// @param bits not negative
  public static int surprisal(double bits) {
    int level = 0;
    while (level < LEVELS.length && bits >= LEVELS[level]) {
      level++;
    }
    return TYPES.indexOf("surprisal" + level);
  }

  /// The bits of a kind's modifiers.
  public static int modifiers(Highlight.Kind kind) {
    return switch (kind) {
      case REASONING -> DOCUMENTATION;
      case HELPER, SPECIAL -> DEFAULT_LIBRARY;
      default -> 0;
    };
  }
}
