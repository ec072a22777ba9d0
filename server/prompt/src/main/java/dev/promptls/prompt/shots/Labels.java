package dev.promptls.prompt.shots;

import dev.promptls.prompt.text.IntList;
import dev.promptls.prompt.text.LineIndex;
import dev.promptls.prompt.text.Span;
import dev.promptls.prompt.text.TextEdit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The [labels][Label] at the line starts of a text, in order, and what stands before each. Follows
/// edits: only the lines they touch are read again. Immutable.
final class Labels {
  private final String[] names;
  private final int[] starts;
  private final int[] ends;
  private final int[] contents;
  private final int @Nullable [] leads;

  private Labels(String[] names, int[] starts, int[] ends, int[] contents) {
    this(names, starts, ends, contents, null);
  }

  private Labels(String[] names, int[] starts, int[] ends, int[] contents, int @Nullable [] leads) {
    this.names = names;
    this.starts = starts;
    this.ends = ends;
    this.contents = contents;
    this.leads = leads;
  }

  /// The labels of all lines.
  static Labels of(LineIndex lines) {
    return new Scan(lines).lines(0, lines.lineCount());
  }

  int size() {
    return starts.length;
  }

  String name(int label) {
    return names[label];
  }

  /// Where the line of a label begins.
  int start(int label) {
    return starts[label];
  }

  /// Where the title before a label begins, if it has one; else the label.
  int lead(int label) {
    return leads == null ? starts[label] : leads[label];
  }

  /// Behind the colon of a label.
  int end(int label) {
    return ends[label];
  }

  /// Where the text before a label and its title ends, blank and ruled lines left out.
  int contentBefore(int label) {
    return contents[label] < 0 ? lead(label) : contents[label];
  }

  /// The labels after an edit.
  Labels after(TextEdit edit, LineIndex before, LineIndex now) {
    // A line break may lose or gain its other half at the borders: look one unit further.
    int start = Math.max(0, edit.span().start() - 1);
    int oldLine = before.line(edit.span().end() + 1);
    int rest = oldLine + 1 < before.lineCount() ? before.lineStart(oldLine + 1) : -1;
    int from = now.line(start);
    int to = rest < 0 ? now.lineCount() : now.line(rest + edit.growth());
    Labels read = new Scan(now).lines(from, to);
    int front = firstFrom(now.lineStart(from));
    int behind = rest < 0 ? size() : firstFrom(rest);
    Labels all = splice(front, behind, read, edit.growth());
    int next = front + read.size();
    if (next < all.size()) {
      all.contents[next] = contentBefore(now, now.line(all.starts[next]));
    }
    return all;
  }

  private Labels splice(int from, int to, Labels between, int growth) {
    int size = size() - (to - from) + between.size();
    String[] allNames = Arrays.copyOf(names, size);
    System.arraycopy(between.names, 0, allNames, from, between.size());
    System.arraycopy(names, to, allNames, from + between.size(), names.length - to);
    return new Labels(
        allNames,
        splice(starts, from, to, between.starts, growth),
        splice(ends, from, to, between.ends, growth),
        splice(contents, from, to, between.contents, growth));
  }

  private static int[] splice(int[] old, int from, int to, int[] between, int growth) {
    int[] all = Arrays.copyOf(old, old.length - (to - from) + between.length);
    System.arraycopy(between, 0, all, from, between.length);
    int at = from + between.length;
    for (int i = to; i < old.length; i++) {
      all[at++] = old[i] + growth;
    }
    return all;
  }

  /// The labels in a stretch of the text; the lines at its borders may be cut.
  Labels in(LineIndex lines, Span region) {
    int firstLine = lines.line(region.start());
    int lastLine = lines.line(region.end());
    boolean cutStart = lines.lineStart(firstLine) < region.start();
    boolean cutEnd = lines.lineEnd(lastLine) > region.end();
    Labels inside =
        range(
            firstFrom(cutStart ? lines.lineEnd(firstLine) : region.start()),
            cutEnd ? firstFrom(lines.lineStart(lastLine)) : firstFrom(region.end() + 1));
    if (cutStart) {
      inside = inside.splice(0, 0, cut(lines, firstLine, region), 0);
    }
    if (cutEnd && (lastLine > firstLine || !cutStart)) {
      inside = inside.splice(inside.size(), inside.size(), cut(lines, lastLine, region), 0);
    }
    return inside;
  }

  private static Labels cut(LineIndex lines, int line, Span region) {
    Scan scan = new Scan(lines);
    int start = Math.max(region.start(), lines.lineStart(line));
    scan.line(start, Math.min(region.end(), lines.lineEnd(line)), contentBefore(lines, line));
    return scan.labels();
  }

  private Labels range(int from, int to) {
    if (from == 0 && to == size()) {
      return this;
    }
    int end = Math.max(from, to);
    return new Labels(
        Arrays.copyOfRange(names, from, end),
        Arrays.copyOfRange(starts, from, end),
        Arrays.copyOfRange(ends, from, end),
        Arrays.copyOfRange(contents, from, end));
  }

  /// Some of the labels.
  ///
  /// @param chosen their indices, in order
  /// @param titles for each the index of the label that is its title, or its own
  Labels chosen(int[] chosen, int[] titles) {
    int[] allLeads = pick(starts, titles);
    return new Labels(
        Arrays.stream(chosen).mapToObj(i -> names[i]).toArray(String[]::new),
        pick(starts, chosen),
        pick(ends, chosen),
        pick(contents, titles),
        allLeads);
  }

  private static int[] pick(int[] of, int[] indices) {
    return Arrays.stream(indices).map(i -> of[i]).toArray();
  }

  /// How many labels at the front are the same in another list.
  int sameFront(Labels other) {
    int most = Math.min(size(), other.size());
    int same = 0;
    while (same < most
        && starts[same] == other.starts[same]
        && ends[same] == other.ends[same]
        && contents[same] == other.contents[same]
        && names[same].equals(other.names[same])) {
      same++;
    }
    return same;
  }

  private int firstFrom(int offset) {
    int found = Arrays.binarySearch(starts, offset);
    return found >= 0 ? found : -found - 1;
  }

  /// Where the text above a line ends, blank and ruled lines left out; -1 if there is nothing but
  /// such.
  private static int contentBefore(LineIndex lines, int line) {
    int above = line - 1;
    while (above >= 0) {
      int content = contentEnd(lines.text(), lines.lineStart(above), lines.lineEnd(above));
      if (content >= 0) {
        return content;
      }
      above--;
    }
    return -1;
  }

  /// Where the text of a line ends, white space left out; -1 if the line is blank or ruled.
  private static int contentEnd(String text, int start, int end) {
    int at = start;
    while (at < end && "-=#*_~ \t".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    if (at == end) {
      return -1;
    }
    int last = end;
    while (last > start && Character.isWhitespace(text.charAt(last - 1))) {
      last--;
    }
    return last;
  }

  /// Reads lines from top to bottom.
  private static final class Scan {
    private final LineIndex lines;
    private final Map<String, String> known = new HashMap<>();
    private final List<String> names = new ArrayList<>();
    private final IntList starts = new IntList();
    private final IntList ends = new IntList();
    private final IntList contents = new IntList();

    Scan(LineIndex lines) {
      this.lines = lines;
    }

    Labels lines(int from, int to) {
      int content = contentBefore(lines, from);
      for (int line = from; line < to; line++) {
        int start = lines.lineStart(line);
        int end = lines.lineEnd(line);
        line(start, end, content);
        int own = contentEnd(lines.text(), start, end);
        content = own >= 0 ? own : content;
      }
      return labels();
    }

    void line(int start, int end, int content) {
      Label label = start < end ? Label.at(lines.text(), new Span(start, end)) : null;
      if (label != null) {
        // One string for each name, so that comparing them is quick.
        names.add(known.computeIfAbsent(label.name(), name -> name));
        starts.add(start);
        ends.add(label.head().end());
        contents.add(content);
      }
    }

    Labels labels() {
      return new Labels(
          names.toArray(new String[0]), starts.toArray(), ends.toArray(), contents.toArray());
    }
  }
}
