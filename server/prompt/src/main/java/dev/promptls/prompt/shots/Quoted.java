package dev.promptls.prompt.shots;

import dev.promptls.prompt.render.JsonPrinter;
import dev.promptls.prompt.syntax.Decoded;
import dev.promptls.prompt.syntax.Format;
import dev.promptls.prompt.syntax.MessageNode;
import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.syntax.YamlText;
import dev.promptls.prompt.text.Span;

/// What is said in one string in double quotes, of YAML or JSON.
final class Quoted {
  private static final int MAX_STRING = 16_000_000;

  private Quoted() {}

  /// Whether a message's content is one such string, of which every character has a place.
  static boolean is(MessageNode message, String text) {
    Decoded coding = message.coding();
    Span content = message.content();
    if (coding == null
        || content.length() < 2
        || text.charAt(content.start()) != '"'
        || text.charAt(content.end() - 1) != '"') {
      return false;
    }
    int at = 1;
    for (Decoded.Piece piece : coding.pieces()) {
      if (piece.source().start() != at) {
        return false;
      }
      at = piece.source().end();
    }
    return at == content.length() - 1;
  }

  /// A text as the strings of a file write it, with its quotes.
  static String text(PromptFile file, String value) {
    String json = file.format() == Format.GITHUB ? null : JsonPrinter.print(value, "", MAX_STRING);
    return json == null ? YamlText.quoted(value) : json;
  }
}
