package dev.promptls.prompt.shots;

import dev.promptls.prompt.text.IntList;
import dev.promptls.prompt.text.ShiftedList;
import dev.promptls.prompt.text.Span;
import dev.promptls.prompt.text.TextEdit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Recognises repeated blocks of labelled parts: at least two labels, in the same order, at least
/// twice, the last time perhaps without an answer.
final class LabelledBlocks {
  /// Labels that are tried as the first of a block.
  private static final int MAX_TRIES = 8;

  /// Labels of one block that are looked at.
  private static final int MAX_LABELS = 16;

  private final String text;
  private final Span region;
  private final Labels labels;
  private final Parts parts;
  private final @Nullable Found before;
  private final TextEdit edit;

  private LabelledBlocks(
      String text, Span region, Labels labels, @Nullable Found before, TextEdit edit) {
    this.text = text;
    this.region = region;
    this.parts = Parts.of(text, region, labels);
    this.labels = parts.in(text, region, labels);
    this.before = before;
    this.edit = edit;
  }

  /// What was recognised, with all that is needed to recognise it again after an edit.
  ///
  /// @param signature the labels of a block
  /// @param all blocks, also those that lack labels or an answer
  /// @param parts which labels counted
  record Found(Blocks blocks, List<String> signature, ShiftedList<Block> all, Parts parts) {
    /// Blocks behind the first example and before the last one or the query that are none.
    List<Unfinished> unfinished() {
      int known = blocks.examples().size() + (blocks.query() == null ? 0 : 1);
      List<Unfinished> unfinished = new ArrayList<>();
      boolean begun = false;
      for (int i = 0; i < all.size() - 1 && known < all.size(); i++) {
        boolean labelled = isWhole(all.raw(i), signature);
        boolean complete = labelled && !all.raw(i).last().isOpen();
        begun |= complete;
        if (begun && !complete) {
          Block block = all.get(i);
          unfinished.add(new Unfinished(new Span(block.start(), block.end()), labelled));
        }
      }
      return unfinished;
    }
  }

  /// @param labels of the region
  static @Nullable Found find(String text, Span region, Labels labels) {
    return new LabelledBlocks(text, region, labels, null, new TextEdit(Span.at(0), "")).find();
  }

  /// As [#find], after an edit: blocks that it left alone are not read again.
  static @Nullable Found follow(
      Found before, TextEdit edit, String text, Span region, Labels labels) {
    return new LabelledBlocks(text, region, labels, before, edit).find();
  }

  private @Nullable Found find() {
    Map<String, IntList> places = new LinkedHashMap<>();
    for (int i = 0; i < labels.size(); i++) {
      places.computeIfAbsent(labels.name(i), name -> new IntList()).add(i);
    }
    int tries = 0;
    for (IntList starts : places.values()) {
      if (starts.size() >= 2 && tries++ < MAX_TRIES) {
        Found found = blocks(starts.toArray());
        if (found != null) {
          return found;
        }
      }
    }
    return null;
  }

  /// The blocks that begin at some labels of one name.
  private @Nullable Found blocks(int[] starts) {
    List<String> signature = signature(starts);
    if (signature.size() < 2) {
      return null;
    }
    String separator = separator(starts);
    ShiftedList<Block> all = all(starts, signature, separator);
    ShiftedList<Block> complete =
        all.filtered(block -> isWhole(block, signature) && !block.last().isOpen());
    Block last = all.getLast();
    boolean whole = isWhole(last, signature);
    boolean open = whole ? last.last().isOpen() : endsRegion(last);
    Block query = open ? last : null;
    if (complete.isEmpty() || complete.size() + (query == null ? 0 : 1) < 2) {
      return null;
    }
    String opening = head(starts[0]).stripLeading();
    boolean numbered = !head(starts[1]).strip().equals(opening);
    Blocks blocks = new Blocks(region, complete, query, separator, numbered ? "" : opening);
    return new Found(blocks, signature, all, parts);
  }

  private static boolean isWhole(Block block, List<String> signature) {
    return block.fields().size() == signature.size();
  }

  /// Whether nothing follows a block that lacks labels, so that it may be what is asked.
  private boolean endsRegion(Block block) {
    return new Span(block.end(), region.end()).strip(text).isEmpty();
  }

  private String head(int label) {
    return text.substring(labels.lead(label), labels.end(label));
  }

  private ShiftedList<Block> all(int[] starts, List<String> signature, String separator) {
    int front = 0;
    int end = 0;
    Found known = before;
    if (known != null
        && known.signature().equals(signature)
        && known.parts().equals(parts)
        && known.blocks().separator().equals(separator)) {
      Span old = known.blocks().region();
      int most = Math.min(starts.length, known.all().size());
      int touched = touchedLine();
      boolean sameStart = old.start() == region.start();
      while (sameStart
          && front + 1 < most
          && labels.start(starts[front + 1]) < touched
          && start(known.all(), front) == labels.lead(starts[front])) {
        front++;
      }
      boolean sameEnd = old.end() + edit.growth() == region.end();
      while (sameEnd
          && end < most - front
          && labels.lead(starts[starts.length - 1 - end]) > edit.endAfter()
          && start(known.all(), known.all().size() - 1 - end) + edit.growth()
              == labels.lead(starts[starts.length - 1 - end])) {
        end++;
      }
    }
    List<Block> read = new ArrayList<>();
    for (int i = front; i < starts.length - end; i++) {
      int stop = i + 1 < starts.length ? starts[i + 1] : labels.size();
      read.add(block(starts[i], stop, signature, separator));
    }
    return known == null
        ? ShiftedList.of(read)
        : known.all().splice(front, known.all().size() - end, read, edit.growth());
  }

  /// Where a block begins; its first line may be cut by the start of the region, which moves
  /// otherwise.
  private static int start(ShiftedList<Block> blocks, int index) {
    return blocks.raw(index).start() + blocks.shift(index);
  }

  /// Where the first line that the edit may have changed begins: a label is told by all its line.
  private int touchedLine() {
    int at = edit.span().start() - 1;
    while (at > 0 && text.charAt(at - 1) != '\n' && text.charAt(at - 1) != '\r') {
      at--;
    }
    return Math.max(0, at);
  }

  /// The order of labels that most blocks have.
  private List<String> signature(int[] starts) {
    int likely = Majority.of(starts.length, (i, j) -> sameNames(starts, i, j));
    if (likely >= 0) {
      return names(starts, likely);
    }
    Map<List<String>, Integer> counts = new HashMap<>();
    List<String> best = List.of();
    for (int i = 0; i < starts.length; i++) {
      List<String> names = names(starts, i);
      int count = counts.merge(names, 1, Integer::sum);
      if (count > counts.getOrDefault(best, 0)) {
        best = names;
      }
    }
    return best;
  }

  private List<String> names(int[] starts, int block) {
    List<String> names = new ArrayList<>();
    for (int label = starts[block]; label < stop(starts, block); label++) {
      names.add(labels.name(label));
    }
    return names;
  }

  private boolean sameNames(int[] starts, int one, int other) {
    int count = stop(starts, one) - starts[one];
    if (stop(starts, other) - starts[other] != count) {
      return false;
    }
    for (int i = 0; i < count; i++) {
      if (!labels.name(starts[one] + i).equals(labels.name(starts[other] + i))) {
        return false;
      }
    }
    return true;
  }

  /// Behind the labels of a block that count for its signature.
  private int stop(int[] starts, int block) {
    int next = block + 1 < starts.length ? starts[block + 1] : labels.size();
    return Math.min(next, starts[block] + MAX_LABELS);
  }

  /// What most often stands between two blocks: line breaks, perhaps with a ruled line.
  private String separator(int[] starts) {
    int gaps = starts.length - 1;
    int likely = Majority.of(gaps, (i, j) -> sameGap(starts[i + 1], starts[j + 1]));
    if (likely >= 0) {
      return gap(starts[likely + 1]);
    }
    Map<String, Integer> counts = new HashMap<>();
    String best = "\n\n";
    for (int i = 1; i < starts.length; i++) {
      String gap = gap(starts[i]);
      int count = counts.merge(gap, 1, Integer::sum);
      if (count > counts.getOrDefault(best, 0)) {
        best = gap;
      }
    }
    return best;
  }

  private String gap(int label) {
    return text.substring(gapStart(label), labels.lead(label));
  }

  private boolean sameGap(int one, int other) {
    int start = gapStart(one);
    int length = labels.lead(one) - start;
    int otherStart = gapStart(other);
    return labels.lead(other) - otherStart == length
        && text.regionMatches(start, text, otherStart, length);
  }

  private int gapStart(int label) {
    return Math.clamp(labels.contentBefore(label), region.start(), labels.lead(label));
  }

  private Block block(int from, int to, List<String> signature, String separator) {
    int[] used = new int[signature.size()];
    int count = 0;
    for (int label = from; label < to && count < used.length; label++) {
      if (labels.name(label).equals(signature.get(count))) {
        used[count++] = label;
      }
    }
    List<Block.Field> fields = new ArrayList<>(count);
    int start = labels.lead(from);
    int stop = to < labels.size() ? labels.lead(to) : region.end();
    int end = start;
    for (int i = 0; i < count; i++) {
      boolean last = i == count - 1;
      int behind = last ? stop : labels.start(used[i + 1]);
      Span head = new Span(labels.start(used[i]), labels.end(used[i]));
      Span value = Closing.value(text, head, behind);
      boolean closed = value != null;
      if (value == null) {
        value = value(head.end(), behind, last, separator);
      }
      fields.add(new Block.Field(Label.plain(signature.get(i)), head, value));
      end = closed ? Closing.end(text, start, value, stop) : Math.max(head.end(), value.end());
    }
    return new Block(fields, start, end);
  }

  private Span value(int from, int end, boolean last, String separator) {
    Span value = new Span(from, end).strip(text);
    if (value.isEmpty()) {
      return Span.at(from);
    }
    if (last) {
      // What comes behind a separator is no part of the answer, nor is an answer behind one.
      int cut = text.indexOf(separator, from, end);
      if (cut >= 0 && cut < value.end()) {
        Span before = new Span(from, cut).strip(text);
        return before.isEmpty() ? Span.at(from) : before;
      }
    }
    return value;
  }
}
