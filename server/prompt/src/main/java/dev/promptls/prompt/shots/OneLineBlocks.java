package dev.promptls.prompt.shots;

import dev.promptls.prompt.text.LineIndex;
import dev.promptls.prompt.text.ShiftedList;
import dev.promptls.prompt.text.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Recognises examples that stand on a line each, with all their labels: `Q: 2 + 2? A: 4`.
final class OneLineBlocks {
  /// A label within a line, with what parts it from the value before.
  private static final Pattern WITHIN =
      Pattern.compile(
          "[ \\t]*(?:->|=>|→|⇒|[|;,])?[ \\t]+(\\p{L}[\\p{L}\\p{N}_-]{0,19}(?:"
              + " \\p{L}{1,19})?):(?=\\s|$)");

  private static final int MOST_LABELS = 8;

  private final String text;
  private final Span region;
  private final LineIndex lines;
  private final Labels labels;

  private OneLineBlocks(String text, Span region, LineIndex lines, Labels labels) {
    this.text = text;
    this.region = region;
    this.lines = lines;
    this.labels = labels;
  }

  /// The longest run of such lines, if at least two are in it and one of them is complete.
  ///
  /// @param labels at the line starts of the region
  static @Nullable Blocks find(LineIndex lines, Span region, Labels labels) {
    return new OneLineBlocks(lines.text(), region, lines, labels).find();
  }

  private @Nullable Blocks find() {
    List<Block> best = List.of();
    int at = 0;
    while (at < labels.size()) {
      List<String> names = within(at);
      List<Block> run = new ArrayList<>();
      while (!names.isEmpty() && at < labels.size()) {
        Block block = block(at, names);
        boolean goesOn = run.isEmpty() || isNext(run.getLast(), at);
        if (block == null || !goesOn || (!run.isEmpty() && run.getLast().last().isOpen())) {
          break;
        }
        run.add(block);
        at++;
      }
      best = run.size() > best.size() ? run : best;
      at += run.isEmpty() ? 1 : 0;
    }
    boolean open = !best.isEmpty() && best.getLast().last().isOpen();
    if (best.size() < 2) {
      return null;
    }
    List<Block> examples = open ? best.subList(0, best.size() - 1) : best;
    String separator = text.substring(best.get(0).end(), best.get(1).start());
    return new Blocks(
        region, ShiftedList.of(examples), open ? best.getLast() : null, separator, "");
  }

  /// Whether nothing but white space parts a label from a block, and both have the same name.
  private boolean isNext(Block before, int label) {
    return before.fields().getFirst().name().equals(Label.plain(labels.name(label)))
        && text.substring(before.end(), labels.start(label)).isBlank();
  }

  /// The labels that the rest of a label's line holds.
  private List<String> within(int label) {
    // Most lines are passed over by this look alone.
    int next = label + 1 < labels.size() ? labels.start(label + 1) : region.end();
    int colon = text.indexOf(':', labels.end(label), Math.max(labels.end(label), next));
    if (colon < 0 || colon >= lineEnd(label)) {
      return List.of();
    }
    List<String> names = new ArrayList<>();
    Matcher matcher = rest(label);
    while (matcher.find() && names.size() < MOST_LABELS) {
      names.add(matcher.group(1));
    }
    return names;
  }

  private Matcher rest(int label) {
    return WITHIN.matcher(text).region(labels.end(label), lineEnd(label));
  }

  private int lineEnd(int label) {
    int end = Math.min(region.end(), lines.lineSpan(lines.line(labels.start(label))).end());
    return Math.max(labels.end(label), end);
  }

  /// The block in the line of a label; null if it does not hold these labels, in this order.
  private @Nullable Block block(int label, List<String> names) {
    List<Block.Field> fields = new ArrayList<>();
    Matcher matcher = rest(label);
    String name = Label.plain(labels.name(label));
    Span head = new Span(labels.start(label), labels.end(label));
    for (String next : names) {
      if (!matcher.find() || !matcher.group(1).equals(next)) {
        return null;
      }
      Span value = new Span(head.end(), Math.max(head.end(), matcher.start())).strip(text);
      if (value.isEmpty()) {
        return null;
      }
      fields.add(new Block.Field(name, head, value));
      name = next;
      head = new Span(value.end(), matcher.end());
    }
    Span last = new Span(head.end(), lineEnd(label)).strip(text);
    fields.add(new Block.Field(name, head, last.isEmpty() ? Span.at(head.end()) : last));
    return Block.of(fields);
  }
}
