package dev.promptls.prompt.shots;

import dev.promptls.prompt.render.JsonPrinter;
import dev.promptls.prompt.syntax.Format;
import dev.promptls.prompt.syntax.MessageNode;
import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.syntax.YamlText;
import dev.promptls.prompt.text.Span;
import dev.promptls.prompt.text.TextEdit;
import java.util.List;

/// Writes turns that are items of a list, in YAML or JSON: each as the item it is like, with other
/// content.
///
/// @param messages the turns, and the query behind them
record ListedTurns(PromptFile file, List<MessageNode> messages) {
  private static final int MAX_VALUE = 1_000_000;

  /// Whether the messages of a file are items of a list.
  static boolean are(PromptFile file) {
    return file.format() == Format.GITHUB || isJson(file);
  }

  private static boolean isJson(PromptFile file) {
    return file.format() == Format.OPENAI || file.format() == Format.SHAREGPT;
  }

  /// Takes a message away, and its answer behind it.
  TextEdit without(int index) {
    int from = start(messages.get(index));
    return new TextEdit(new Span(from, start(messages.get(index + 2))), "");
  }

  /// Writes a question and its answer before a message.
  ///
  /// @param index of the message
  /// @param like the index of a question to be like
  TextEdit before(int index, int like, String question, String answer) throws UnwritableException {
    String turn = item(like, question) + item(like + 1, answer);
    return new TextEdit(Span.at(start(messages.get(index))), turn);
  }

  /// An item and what parts it from the next, with other content.
  private String item(int like, String said) throws UnwritableException {
    String text = file.text();
    MessageNode message = messages.get(like);
    Span content = message.content();
    Span bare = content.strip(text);
    return text.substring(start(message), content.start())
        + written(message, said)
        + text.substring(bare.end(), start(messages.get(like + 1)));
  }

  private String written(MessageNode message, String said) throws UnwritableException {
    if (isJson(file)) {
      String json = JsonPrinter.print(said, "", MAX_VALUE);
      if (json == null) {
        throw new UnwritableException("The example is too long to be written into this file.");
      }
      return json;
    }
    boolean flow = dash(message) < 0;
    String eol = file.text().contains("\r\n") ? "\r\n" : "\n";
    int column = message.span().start() - lineStart(message.span().start());
    return flow ? YamlText.inline(said, true) : YamlText.block(said, column + 2, eol);
  }

  /// Where a message begins: the line of its dash, or its brace.
  private int start(MessageNode message) {
    int dash = isJson(file) ? -1 : dash(message);
    return dash < 0 ? message.span().start() : lineStart(dash);
  }

  /// The dash before an item; -1 if the list stands in brackets.
  private int dash(MessageNode message) {
    int at = message.span().start() - 1;
    while (at > 0 && Character.isWhitespace(file.text().charAt(at))) {
      at--;
    }
    return at >= 0 && file.text().charAt(at) == '-' ? at : -1;
  }

  private int lineStart(int offset) {
    return file.lines().lineStart(file.lines().line(offset));
  }
}
