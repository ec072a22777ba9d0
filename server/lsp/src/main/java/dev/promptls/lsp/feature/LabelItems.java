package dev.promptls.lsp.feature;

import dev.promptls.lsp.feature.CompletionFeature.Spot;
import dev.promptls.prompt.shots.Example;
import dev.promptls.prompt.shots.ExamplePart;
import dev.promptls.prompt.shots.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import org.eclipse.lsp4j.CompletionItem;
import org.eclipse.lsp4j.CompletionItemKind;

/// In a few-shot prompt of blocks: the labels.
final class LabelItems {
  private LabelItems() {}

  static List<CompletionItem> at(Spot spot) {
    List<Example> examples = spot.document().shots().examples();
    return spot.document().shots().shape() == Shape.BLOCKS
            && !examples.isEmpty()
            && spot.before().matches("\\s*[\\w#*]*")
        ? Items.inOrder(Items.FIRST, labels(spot, examples))
        : List.of();
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
      int typed = spot.before().stripLeading().length();
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
}
