package dev.promptls.prompt.shots;

import dev.promptls.prompt.text.LineIndex;
import dev.promptls.prompt.text.ShiftedList;
import dev.promptls.prompt.text.Span;
import dev.promptls.prompt.text.TextEdit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Recognises lines `x -> y`, one example each, and an open last line `x ->`.
final class ArrowLines {
  private static final List<String> ARROWS = List.of("->", "=>", "→", "⇒");

  private ArrowLines() {}

  /// The longest run of such lines in a stretch of text, if at least two are in it and one of them
  /// is complete.
  static @Nullable Blocks find(LineIndex lines, Span region) {
    List<Block> best = List.of();
    List<Block> run = new ArrayList<>();
    String arrow = "";
    Arrows arrows = new Arrows(lines.text(), region);
    int last = lines.line(region.end());
    for (int line = lines.line(region.start()); line <= last; line++) {
      Span span = lines.lineSpan(line);
      int start = Math.max(region.start(), span.start());
      Span inside = new Span(start, Math.max(start, Math.min(region.end(), span.end())));
      String found = arrows.in(inside, arrow);
      Block block = found == null ? null : block(lines.text(), inside, found);
      boolean ended = !run.isEmpty() && run.getLast().last().isOpen();
      if (block == null || ended || !(run.isEmpty() || arrow.equals(found))) {
        best = run.size() > best.size() ? List.copyOf(run) : best;
        run.clear();
      }
      if (block != null && found != null) {
        run.add(block);
        arrow = found;
      } else {
        arrow = "";
      }
    }
    return blocks(region, run.size() > best.size() ? run : best);
  }

  /// As [#find], after an edit inside a run that takes most of the region: only the lines that the
  /// edit touched are read again. Null if that cannot be told so, as with blocks of another kind.
  static @Nullable Blocks follow(Blocks before, TextEdit edit, LineIndex now, Span region) {
    ShiftedList<Block> examples = before.examples();
    Block query = before.query();
    int growth = edit.growth();
    int first = examples.getFirst().start();
    int last = query == null ? examples.getLast().start() : query.start();
    boolean inside =
        before.region().start() == region.start()
            && before.region().end() + growth == region.end()
            && first < edit.span().start()
            && edit.span().end() < last;
    // A line break may lose or gain its other half at the borders: look one unit further.
    int from = now.line(edit.span().start() - 1);
    int to = now.line(edit.endAfter() + 1);
    if (!inside || now.line(first) >= from || now.line(last + growth) <= to) {
      return null;
    }
    String arrow = examples.getFirst().last().head().of(now.text()).strip();
    if (!ARROWS.contains(arrow)) {
      return null;
    }
    List<Block> read = new ArrayList<>();
    Arrows arrows = new Arrows(now.text(), region);
    for (int line = from; line <= to; line++) {
      Span span = now.lineSpan(line);
      boolean same = arrow.equals(arrows.in(span, arrow));
      Block block = same ? block(now.text(), span, arrow) : null;
      if (block == null || block.last().isOpen()) {
        return null;
      }
      read.add(block);
    }
    ShiftedList<Block> all =
        examples.splice(
            examples.firstFrom(now.lineStart(from), Block::start),
            examples.firstFrom(now.lineStart(to + 1) - growth, Block::start),
            read,
            growth);
    int regionLines = now.line(region.end()) - now.line(region.start()) + 1;
    return 2 * all.size() <= regionLines
        ? null
        : new Blocks(region, all, query == null ? null : query.shifted(growth, 0), "\n", "");
  }

  private static @Nullable Blocks blocks(Span region, List<Block> run) {
    boolean open = !run.isEmpty() && run.getLast().last().isOpen();
    if (run.size() < 2) {
      return null;
    }
    List<Block> examples = open ? run.subList(0, run.size() - 1) : run;
    return new Blocks(region, ShiftedList.of(examples), open ? run.getLast() : null, "\n", "");
  }

  private static @Nullable Block block(String text, Span line, String arrow) {
    int at = text.indexOf(arrow, line.start(), line.end());
    Span whole = new Span(line.start(), at).strip(text);
    Span left = new Span(Label.skipMark(text, whole.start(), whole.end()), whole.end());
    if (left.isEmpty()) {
      return null;
    }
    int behind = at + arrow.length();
    Span right = new Span(behind, line.end()).strip(text);
    Span value = right.isEmpty() ? Span.at(behind) : right;
    return Block.of(
        List.of(
            new Block.Field("input", new Span(whole.start(), left.start()), left),
            new Block.Field("output", new Span(left.end(), behind), value)));
  }

  /// Looks for arrows in one line after the other. Where the next of a kind stands is found once,
  /// so that lines without any cost next to nothing.
  private static final class Arrows {
    private final String text;
    private final Span region;
    private final int[] next = new int[ARROWS.size()];

    Arrows(String text, Span region) {
      this.text = text;
      this.region = region;
      Arrays.fill(next, -1);
    }

    /// The arrow of a line, null if it has none.
    ///
    /// @param line behind those that were asked for before
    /// @param preferred among several; may be empty
    @Nullable String in(Span line, String preferred) {
      String found = null;
      for (int i = 0; i < next.length; i++) {
        String arrow = ARROWS.get(i);
        if (next[i] < line.start()) {
          int at = text.indexOf(arrow, line.start(), region.end());
          next[i] = at < 0 ? Integer.MAX_VALUE : at;
        }
        boolean here = next[i] <= line.end() - arrow.length();
        if (here && (found == null || arrow.equals(preferred))) {
          found = arrow;
        }
      }
      return found;
    }
  }
}
