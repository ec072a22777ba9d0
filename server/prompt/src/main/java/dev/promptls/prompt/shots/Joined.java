package dev.promptls.prompt.shots;

import dev.promptls.prompt.syntax.MessageNode;
import dev.promptls.prompt.text.Edits;
import dev.promptls.prompt.text.Span;
import dev.promptls.prompt.text.TextEdit;
import java.util.ArrayList;
import java.util.List;

/// Turns of user and model joined into labelled blocks of one message.
final class Joined {
  private Joined() {}

  /// Ways to write it: with the labels that the users' messages have, else with labels of its own.
  static List<String> texts(MessagesLayout layout) throws UnwritableException {
    String text = layout.file().text();
    List<String> said = new ArrayList<>();
    for (MessageNode turn : layout.turns()) {
      if (turn.coding() != null) {
        throw new UnwritableException(
            "The messages of this file are values of its YAML or JSON; change them there.");
      }
      said.add(Row.normal(turn.content().of(text)));
    }
    Span query = layout.query().content().strip(text);
    Span place = new Span(layout.turns().getFirst().span().start(), query.end());
    String marker = text.substring(layout.query().span().start(), layout.query().content().start());
    List<String> texts = new ArrayList<>();
    for (String label : List.of("", "Input: ")) {
      StringBuilder blocks = new StringBuilder(marker).append(marker.endsWith("\n") ? "" : "\n");
      for (int i = 0; i < said.size(); i += 2) {
        blocks.append(label).append(said.get(i)).append('\n');
        blocks.append("Output: ").append(said.get(i + 1)).append("\n\n");
      }
      blocks.append(label).append(query.of(text)).append("\nOutput:");
      texts.add(Edits.apply(text, List.of(new TextEdit(place, blocks.toString()))));
    }
    return texts;
  }
}
