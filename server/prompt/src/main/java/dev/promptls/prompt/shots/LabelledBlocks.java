package dev.promptls.prompt.shots;

import dev.promptls.prompt.text.LineIndex;
import dev.promptls.prompt.text.Span;
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

  private final LineIndex lines;
  private final String text;
  private final Span region;
  private final List<Label> labels;

  private LabelledBlocks(LineIndex lines, Span region) {
    this.lines = lines;
    this.text = lines.text();
    this.region = region;
    this.labels = Label.all(lines, region);
  }

  static @Nullable Blocks find(LineIndex lines, Span region) {
    return new LabelledBlocks(lines, region).find();
  }

  private @Nullable Blocks find() {
    Map<String, List<Integer>> places = new LinkedHashMap<>();
    for (int i = 0; i < labels.size(); i++) {
      places.computeIfAbsent(labels.get(i).name(), name -> new ArrayList<>()).add(i);
    }
    int tries = 0;
    for (List<Integer> starts : places.values()) {
      if (starts.size() >= 2 && tries++ < MAX_TRIES) {
        Blocks found = blocks(starts);
        if (found != null) {
          return found;
        }
      }
    }
    return null;
  }

  /// The blocks that begin at some labels of one name.
  private @Nullable Blocks blocks(List<Integer> starts) {
    List<String> signature = signature(starts);
    if (signature.size() < 2) {
      return null;
    }
    String separator = separator(starts);
    List<Block> complete = new ArrayList<>();
    Block query = null;
    for (int i = 0; i < starts.size(); i++) {
      int stop = i + 1 < starts.size() ? starts.get(i + 1) : labels.size();
      Block block = block(starts.get(i), stop, signature, separator);
      boolean whole = block.fields().size() == signature.size();
      if (whole && !block.last().isOpen()) {
        complete.add(block);
      } else if (i == starts.size() - 1 && (whole || endsRegion(block))) {
        query = block;
      }
    }
    if (complete.isEmpty() || complete.size() + (query == null ? 0 : 1) < 2) {
      return null;
    }
    String opening = labels.get(starts.getFirst()).head().of(text).stripLeading();
    boolean numbered = !labels.get(starts.get(1)).head().of(text).strip().equals(opening);
    return new Blocks(region, complete, query, separator, numbered ? "" : opening);
  }

  /// Whether nothing follows a block that lacks labels, so that it may be what is asked.
  private boolean endsRegion(Block block) {
    return new Span(block.end(), region.end()).strip(text).isEmpty();
  }

  /// The order of labels that most blocks have.
  private List<String> signature(List<Integer> starts) {
    Map<List<String>, Integer> counts = new HashMap<>();
    List<String> best = List.of();
    for (int i = 0; i < starts.size(); i++) {
      int stop = i + 1 < starts.size() ? starts.get(i + 1) : labels.size();
      List<String> names =
          labels.subList(starts.get(i), Math.min(stop, starts.get(i) + 16)).stream()
              .map(Label::name)
              .toList();
      int count = counts.merge(names, 1, Integer::sum);
      if (count > counts.getOrDefault(best, 0)) {
        best = names;
      }
    }
    return best;
  }

  private Block block(int from, int to, List<String> signature, String separator) {
    List<Label> used = new ArrayList<>();
    for (Label label : labels.subList(from, to)) {
      if (used.size() < signature.size() && label.name().equals(signature.get(used.size()))) {
        used.add(label);
      }
    }
    List<Block.Field> fields = new ArrayList<>();
    int end = to < labels.size() ? labels.get(to).head().start() : region.end();
    for (int i = 0; i < used.size(); i++) {
      Label label = used.get(i);
      boolean last = i == used.size() - 1;
      int behind = last ? end : used.get(i + 1).head().start();
      fields.add(
          new Block.Field(label.name(), label.head(), value(label, behind, last, separator)));
    }
    return new Block(fields);
  }

  private Span value(Label label, int end, boolean last, String separator) {
    int from = label.head().end();
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

  /// What most often stands between two blocks: line breaks, perhaps with a ruled line.
  private String separator(List<Integer> starts) {
    Map<String, Integer> counts = new HashMap<>();
    String best = "\n\n";
    for (int i = 1; i < starts.size(); i++) {
      int start = labels.get(starts.get(i)).head().start();
      String gap = text.substring(contentEnd(start), start);
      int count = counts.merge(gap, 1, Integer::sum);
      if (count > counts.getOrDefault(best, 0)) {
        best = gap;
      }
    }
    return best;
  }

  /// Where the text before a block ends, blank and ruled lines left out.
  private int contentEnd(int blockStart) {
    int line = lines.line(blockStart) - 1;
    while (line >= 0 && lines.lineStart(line) >= region.start() && isRule(lines.lineSpan(line))) {
      line--;
    }
    if (line < 0) {
      return blockStart;
    }
    int start = Math.max(lines.lineStart(line), region.start());
    Span content = new Span(start, Math.max(start, lines.lineEnd(line)));
    return Math.min(blockStart, content.start() + trimmedLength(content));
  }

  private int trimmedLength(Span line) {
    return line.of(text).stripTrailing().length();
  }

  private boolean isRule(Span line) {
    for (int i = line.start(); i < line.end(); i++) {
      if ("-=#*_~ \t".indexOf(text.charAt(i)) < 0) {
        return false;
      }
    }
    return true;
  }
}
