package dev.promptls.lsp.feature;

import dev.promptls.lsp.convert.Markdown;
import dev.promptls.lsp.feature.CompletionFeature.Spot;
import dev.promptls.prompt.shots.Example;
import dev.promptls.prompt.shots.ExamplePart;
import dev.promptls.prompt.shots.Shape;
import dev.promptls.prompt.text.LineIndex;
import dev.promptls.prompt.text.Span;
import java.util.List;
import org.eclipse.lsp4j.CompletionItem;
import org.eclipse.lsp4j.CompletionItemKind;
import org.eclipse.lsp4j.InsertTextMode;

/// One more example, written as the last one is, with its values to be filled in.
final class SkeletonItems {
  private SkeletonItems() {}

  /// On an empty line of a body with blocks or turns.
  static List<CompletionItem> inText(Spot spot) {
    List<Example> examples = spot.document().shots().examples();
    Shape shape = spot.document().shots().shape();
    boolean fits = shape == Shape.BLOCKS || shape == Shape.MESSAGES;
    return spot.before().isBlank() && fits && !examples.isEmpty()
        ? List.of(item(spot, 0, written(spot, sibling(examples))))
        : List.of();
  }

  /// On an empty line in or behind the list of examples, or behind the dash that begins an item.
  static List<CompletionItem> inSettings(Spot spot) {
    List<Example> examples = spot.document().shots().examples();
    boolean dashed = spot.before().strip().equals("-");
    if (spot.document().shots().shape() != Shape.LOOP
        || examples.isEmpty()
        || !(dashed || spot.before().isBlank())) {
      return List.of();
    }
    Span last = examples.getLast().range();
    LineIndex lines = spot.document().lines();
    int line = lines.line(spot.offset());
    int first = lines.line(examples.getFirst().range().start());
    int start = lines.lineStart(lines.line(last.start()));
    String dash = new Span(start, last.start()).of(spot.document().text());
    // Of an item in brackets, or whose dash stands alone, it cannot be told how to write another.
    if (line < first || line > lines.line(last.end()) + 1 || !dash.strip().equals("-")) {
      return List.of();
    }
    int indent = dash.indexOf('-');
    int typed = dashed ? spot.before().stripLeading().length() : 0;
    int there = spot.before().length() - typed;
    if (there > indent) {
      return List.of();
    }
    String text = dash.substring(there) + written(spot, sibling(examples));
    CompletionItem item = item(spot, typed, text);
    item.setInsertTextMode(InsertTextMode.AsIs);
    item.setFilterText(dashed ? "- example" : "example");
    return List.of(item);
  }

  /// The last example that is done: one is often asked for while another is being written.
  private static Example sibling(List<Example> examples) {
    return examples.reversed().stream()
        .filter(example -> !example.output().isBlank())
        .findFirst()
        .orElse(examples.getLast());
  }

  private static CompletionItem item(Spot spot, int typed, String text) {
    CompletionItem item =
        Items.item(spot, typed, "example", CompletionItemKind.Snippet, text, true);
    item.setDetail("one more, written as the others");
    item.setSortText(Items.FIRST);
    return Items.explained(item, Markdown.block(Items.withoutPlaceholders(text)));
  }

  /// An example with places where its values stand.
  private static String written(Spot spot, Example example) {
    String text = spot.document().text();
    Span range = example.range();
    List<Span> values =
        spot.document().shots().parts(range).stream()
            .filter(part -> part.kind() != ExamplePart.Kind.LABEL)
            .map(ExamplePart::span)
            .filter(range::contains)
            .sorted()
            .toList();
    var written = new StringBuilder();
    int from = range.start();
    int number = 1;
    for (Span value : values) {
      written.append(Items.escaped(text.substring(from, value.start())));
      written.append("${").append(number++).append('}');
      from = value.end();
    }
    String rest = text.substring(from, Math.max(from, range.strip(text).end()));
    return written.append(Items.escaped(rest)).toString();
  }
}
