package dev.promptls.lsp.convert;

import dev.promptls.prompt.highlight.Highlight;
import java.util.List;

/// What semantic tokens are called on the wire. Only types and modifiers that the protocol names:
/// every editor's theme knows them.
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
          "enumMember");

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

  /// The bits of a kind's modifiers.
  public static int modifiers(Highlight.Kind kind) {
    return switch (kind) {
      case REASONING -> DOCUMENTATION;
      case HELPER, SPECIAL -> DEFAULT_LIBRARY;
      default -> 0;
    };
  }
}
