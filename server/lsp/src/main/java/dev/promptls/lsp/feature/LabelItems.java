package dev.promptls.lsp.feature;

import dev.promptls.lsp.feature.CompletionFeature.Spot;
import dev.promptls.prompt.shots.Example;
import dev.promptls.prompt.shots.ExamplePart;
import dev.promptls.prompt.shots.Shape;
import dev.promptls.prompt.text.Span;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.eclipse.lsp4j.CompletionItem;
import org.eclipse.lsp4j.CompletionItemKind;

/// In a few-shot prompt of blocks: the labels, and behind the last one the answers given so far.
final class LabelItems {
  private static final int LONGEST_ANSWER = 40;

  private LabelItems() {}

  static List<CompletionItem> at(Spot spot) {
    List<Example> examples = spot.document().shots().examples();
    if (spot.document().shots().shape() != Shape.BLOCKS || examples.isEmpty()) {
      return List.of();
    }
    String label = label(examples.getLast(), spot.document().text());
    var items = new ArrayList<CompletionItem>();
    if (!label.isEmpty() && spot.before().stripLeading().startsWith(label)) {
      String typed = spot.before().substring(spot.before().indexOf(label) + label.length());
      String word = typed.stripLeading();
      for (String answer : answers(examples)) {
        String text = typed.isEmpty() ? " " + answer : answer;
        items.add(Items.item(spot, word.length(), answer, CompletionItemKind.Value, text, false));
      }
    } else if (spot.before().matches("[\\w#*]*")) {
      items.addAll(labels(spot, examples));
    }
    return Items.inOrder(Items.FIRST, items);
  }

  /// The labels of a block, that which comes next first.
  private static List<CompletionItem> labels(Spot spot, List<Example> examples) {
    List<String> labels = labelsOf(spot, examples.getLast());
    String text = spot.document().text();
    int line = spot.document().lines().line(spot.offset());
    String above =
        line == 0 ? "" : spot.document().lines().lineSpan(line - 1).of(text).stripLeading();
    int before = -1;
    for (int i = 0; i < labels.size(); i++) {
      before = above.startsWith(labels.get(i)) ? i : before;
    }
    Collections.rotate(labels, -(before + 1));
    var items = new ArrayList<CompletionItem>();
    for (String label : labels) {
      int typed = spot.before().length();
      items.add(Items.item(spot, typed, label, CompletionItemKind.Keyword, label + " ", false));
    }
    return items;
  }

  private static List<String> labelsOf(Spot spot, Example example) {
    var labels = new LinkedHashSet<String>();
    for (ExamplePart part : spot.document().shots().parts(example.range())) {
      String label = part.span().of(spot.document().text());
      boolean word = part.kind() == ExamplePart.Kind.LABEL && label.matches(".*\\w.*");
      if (word && example.range().contains(part.span())) {
        labels.add(label);
      }
    }
    return new ArrayList<>(labels);
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
