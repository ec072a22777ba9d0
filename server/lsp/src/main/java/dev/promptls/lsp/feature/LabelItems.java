package dev.promptls.lsp.feature;

import dev.promptls.lsp.feature.CompletionFeature.Spot;
import dev.promptls.prompt.shots.Example;
import dev.promptls.prompt.shots.Shape;
import dev.promptls.prompt.text.Span;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.eclipse.lsp4j.CompletionItem;
import org.eclipse.lsp4j.CompletionItemKind;

/// In a few-shot prompt of blocks: the answers given so far, and one more block like the others.
final class LabelItems {
  private static final int LONGEST_ANSWER = 40;

  private LabelItems() {}

  static List<CompletionItem> at(Spot spot) {
    List<Example> examples = spot.document().shots().examples();
    if (spot.document().shots().shape() != Shape.BLOCKS || examples.isEmpty()) {
      return List.of();
    }
    if (spot.before().isBlank()) {
      return List.of(skeleton(spot, examples.getLast()));
    }
    String label = label(examples.getLast(), spot.document().text());
    var items = new ArrayList<CompletionItem>();
    if (!label.isEmpty() && spot.before().stripLeading().startsWith(label)) {
      String typed = spot.before().substring(spot.before().indexOf(label) + label.length());
      String word = typed.stripLeading();
      for (String answer : answers(examples)) {
        items.add(
            Items.item(
                spot,
                word.length(),
                answer,
                CompletionItemKind.Value,
                typed.isEmpty() ? " " + answer : answer,
                false));
      }
    }
    return items;
  }

  /// One more example written as the last one is, with its values to be filled in.
  private static CompletionItem skeleton(Spot spot, Example last) {
    String text = Items.escaped(last.range().of(spot.document().text()).strip());
    int place = 1;
    for (String value : last.inputs().values()) {
      text = emptied(text, value, place++);
    }
    text = emptied(text, last.output(), place);
    CompletionItem item = Items.item(spot, 0, "example", CompletionItemKind.Snippet, text, true);
    item.setDetail("one more, written as the others");
    return item;
  }

  private static String emptied(String text, String value, int place) {
    String written = Items.escaped(value.strip());
    int at = written.isEmpty() ? -1 : text.lastIndexOf(written);
    return at < 0
        ? text
        : text.substring(0, at) + "${" + place + "}" + text.substring(at + written.length());
  }

  /// What stands before the answer on its line: `Sentiment:`.
  private static String label(Example example, String text) {
    int end = example.outputRange().start();
    int start = text.lastIndexOf('\n', Math.max(0, end - 1)) + 1;
    return start >= end ? "" : new Span(start, end).of(text).strip();
  }

  private static Set<String> answers(List<Example> examples) {
    var answers = new LinkedHashSet<String>();
    examples.stream()
        .map(example -> example.output().strip())
        .filter(answer -> !answer.isEmpty() && answer.length() <= LONGEST_ANSWER)
        .filter(answer -> answer.indexOf('\n') < 0)
        .forEach(answers::add);
    return answers;
  }
}
