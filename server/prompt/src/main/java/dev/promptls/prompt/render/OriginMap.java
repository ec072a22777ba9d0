package dev.promptls.prompt.render;

import dev.promptls.prompt.text.InOrder;
import dev.promptls.prompt.text.Span;
import dev.promptls.template.SourceMap;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where the parts of a rendered text come from, in offsets of the file.
final class OriginMap {
  private final List<SourceMap.Entry> entries;
  private final int shift;

  /// The entry that was found last.
  private int last;

  /// @param shift where the template begins in the file
  OriginMap(SourceMap sources, int shift) {
    this.entries = sources.entries();
    this.shift = shift;
  }

  /// The origins of a stretch of text that was joined from pieces of the rendered text, counted
  /// from the start of the stretch.
  List<Origin> of(List<Span> pieces, int start, int end) {
    List<Origin> origins = new ArrayList<>(1);
    int before = 0;
    for (Span piece : pieces) {
      int from = Math.max(start, before);
      int to = Math.min(end, before + piece.length());
      if (from < to) {
        add(origins, piece.start() + from - before, piece.start() + to - before, from - start);
      }
      before += piece.length();
    }
    return origins;
  }

  /// What made a stretch of the rendered text, or a part of it, other than the template's own
  /// words; null if it is these alone.
  @Nullable Span made(Span stretch) {
    List<Origin> origins = new ArrayList<>();
    add(origins, stretch.start(), stretch.end(), 0);
    for (Origin origin : origins) {
      if (!origin.literal()) {
        return origin.source();
      }
    }
    return null;
  }

  /// Adds the origins of a stretch of the rendered text, moved to begin at `target`.
  private void add(List<Origin> origins, int start, int end, int target) {
    int move = target - start;
    for (int i = firstEndingAfter(start); i < entries.size(); i++) {
      SourceMap.Entry entry = entries.get(i);
      if (entry.start() >= end) {
        return;
      }
      int from = Math.max(start, entry.start());
      int to = Math.min(end, entry.end());
      int offset = entry.template().isEmpty() ? shift : 0;
      int sourceStart = entry.sourceStart() + offset;
      Span source = new Span(sourceStart, entry.sourceEnd() + offset);
      if (entry.literal()) {
        int cut = from - entry.start();
        source = new Span(sourceStart + cut, sourceStart + cut + to - from);
      }
      origins.add(new Origin(from + move, to + move, entry.template(), source, entry.literal()));
    }
  }

  private int firstEndingAfter(int offset) {
    // Most are asked for in their order.
    boolean passed = last < entries.size() && entries.get(last).end() <= offset;
    int from = passed ? last + 1 : last;
    boolean found =
        from < entries.size()
            && entries.get(from).end() > offset
            && (from == 0 || entries.get(from - 1).end() <= offset);
    last = found ? from : InOrder.first(entries.size(), i -> entries.get(i).end() > offset);
    return last;
  }
}
