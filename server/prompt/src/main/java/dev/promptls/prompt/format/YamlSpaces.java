package dev.promptls.prompt.format;

import dev.promptls.prompt.format.YamlTokens.YamlToken;
import org.snakeyaml.engine.v2.tokens.Token;

/// The spaces between two tokens of a YAML text on the same line.
final class YamlSpaces {
  private YamlSpaces() {}

  /// @param gap what stands between them now
  static String between(YamlToken before, YamlToken after, String gap) {
    return switch (before.kind()) {
      case BlockEntry -> " ";
      case Anchor, Tag, Alias -> gap.isEmpty() ? "" : " ";
      case FlowSequenceStart, FlowMappingStart -> "";
      case Value -> closes(after) ? "" : " ";
      case FlowEntry -> closes(after) ? "" : " ";
      case Scalar, FlowSequenceEnd, FlowMappingEnd ->
          closes(after) || after.is(Token.ID.Value) ? "" : gap;
      default -> gap;
    };
  }

  private static boolean closes(YamlToken token) {
    return switch (token.kind()) {
      case FlowEntry, FlowSequenceEnd, FlowMappingEnd -> true;
      default -> false;
    };
  }
}
