package dev.promptls.prompt.syntax;

import dev.promptls.prompt.text.Shiftable;
import dev.promptls.prompt.text.ShiftedList;
import dev.promptls.prompt.text.Span;
import dev.promptls.prompt.text.TextEdit;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// How YAML follows an edit inside one item of a list in block style: the lines of the item are
/// read by themselves, and all else stays or moves.
final class YamlEdit {
  /// Collections inside each other, beyond which the reader's own limit might be passed.
  private static final int MAX_DEPTH = YamlTree.MAX_DEPTH - 2;

  private static final int MAX_ITEM = 1 << 16;

  private final String before;
  private final String after;
  private final Span content;
  private final TextEdit edit;

  private YamlEdit(String before, String after, Span content, TextEdit edit) {
    this.before = before;
    this.after = after;
    this.content = content;
    this.edit = edit;
  }

  /// The tree after an edit; null if all of it has to be read anew.
  ///
  /// @param root of a text without mistakes
  /// @param content of which it was read, in the text before
  static YamlNode.@Nullable Mapping follow(
      YamlNode.Mapping root, Span content, TextEdit edit, String before, String after) {
    boolean inside = content.start() < edit.span().start() && edit.span().end() < content.end();
    boolean followable = inside && root.entries() instanceof ShiftedList && !root.flow();
    return followable
        ? (YamlNode.Mapping) new YamlEdit(before, after, content, edit).inside(root, 1)
        : null;
  }

  /// A node that the edit lies in, as it is after the edit; null if that cannot be told.
  private @Nullable YamlNode inside(YamlNode node, int depth) {
    return switch (node) {
      case YamlNode.Scalar _ -> null;
      case YamlNode.Mapping mapping -> {
        ShiftedList<YamlNode.Entry> entries = ShiftedList.of(mapping.entries());
        int index = last(entries, YamlNode.Entry::span);
        YamlNode.Entry entry = index < 0 ? null : entries.get(index);
        YamlNode value = entry == null ? null : inside(entry.value(), depth + 1);
        if (entry == null || value == null) {
          yield null;
        }
        var others = spliced(entries, index, new YamlNode.Entry(entry.key(), value));
        yield new YamlNode.Mapping(span(mapping, others.getLast().span()), others, mapping.flow());
      }
      case YamlNode.Sequence list -> {
        ShiftedList<YamlNode> items = ShiftedList.of(list.items());
        int index = list.flow() ? -1 : last(items, YamlNode::span);
        YamlNode item = index < 0 ? null : items.get(index);
        YamlNode inner = item == null ? null : inside(item, depth + 1);
        Span next = index + 1 < items.size() ? items.get(index + 1).span() : null;
        YamlNode read = item != null && inner == null ? reread(item, next, depth) : inner;
        if (read == null) {
          yield null;
        }
        ShiftedList<YamlNode> others = spliced(items, index, read);
        yield new YamlNode.Sequence(span(list, others.getLast().span()), others, false);
      }
    };
  }

  private static Span span(YamlNode node, Span last) {
    return new Span(node.span().start(), Math.max(node.span().start(), last.end()));
  }

  private <T extends Shiftable<T>> ShiftedList<T> spliced(ShiftedList<T> list, int index, T now) {
    return list.splice(index, index + 1, List.of(now), edit.growth());
  }

  /// The last part that begins before the edit.
  private <T extends Shiftable<T>> int last(ShiftedList<T> parts, Function<T, Span> span) {
    return parts.firstFrom(edit.span().start() + 1, part -> span.apply(part).start()) - 1;
  }

  /// Reads the lines of an item by themselves.
  ///
  /// @param next where the value of the next item stands
  private @Nullable YamlNode reread(YamlNode item, @Nullable Span next, int depth) {
    int start = lineStart(item.span().start());
    int column = indent(before, start);
    int dash = start + column;
    if (!isDash(dash, item.span().start()) || edit.span().start() < dash + 2) {
      return null;
    }
    int end = itemEnd(before, start, column, content.end());
    int newEnd = itemEnd(after, start, column, content.end() + edit.growth());
    boolean closed =
        edit.span().end() < end
            && newEnd == end + edit.growth()
            && item.span().end() <= end
            && (next == null || isDash(end + indent(before, end), next.start()))
            && newEnd - start <= MAX_ITEM;
    if (!closed || mayRefer(before, start, end) || mayRefer(after, start, newEnd)) {
      return null;
    }
    YamlReader.Result read = YamlReader.read(after, new Span(start, newEnd), MAX_ITEM);
    if (!(read.root() instanceof YamlNode.Sequence list) || list.flow()) {
      return null;
    }
    boolean one = read.problems().isEmpty() && list.items().size() == 1;
    return one && depth + depth(list) <= MAX_DEPTH ? list.items().getFirst() : null;
  }

  /// Whether an item that begins at an offset belongs to a dash, in the same line.
  private boolean isDash(int dash, int value) {
    if (dash + 1 >= before.length() || value <= dash || before.charAt(dash) != '-') {
      return false;
    }
    for (int i = dash + 1; i < value; i++) {
      if (before.charAt(i) != ' ') {
        return false;
      }
    }
    return true;
  }

  private int lineStart(int offset) {
    return Math.max(content.start(), before.lastIndexOf('\n', offset - 1) + 1);
  }

  /// Where the lines of an item end: before the first that stands no further right than its dash.
  private static int itemEnd(String text, int start, int column, int limit) {
    int line = nextLine(text, start, limit);
    while (line < limit) {
      int indent = indent(text, line);
      boolean blank = line + indent >= limit || "\r\n".indexOf(text.charAt(line + indent)) >= 0;
      if (!blank && indent <= column) {
        return line;
      }
      line = nextLine(text, line, limit);
    }
    return limit;
  }

  private static int nextLine(String text, int from, int limit) {
    int lineBreak = text.indexOf('\n', from, limit);
    return lineBreak < 0 ? limit : lineBreak + 1;
  }

  private static int indent(String text, int line) {
    int at = line;
    while (at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
    return at - line;
  }

  /// Whether there may be an anchor, an alias or a tag, whose meaning is not told by these lines.
  private static boolean mayRefer(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (c == '&' || c == '*' || c == '!') {
        int last = i - 1;
        while (last >= from && (text.charAt(last) == ' ' || text.charAt(last) == '\t')) {
          last--;
        }
        if (last < from || "\r\n-:?,[{".indexOf(text.charAt(last)) >= 0) {
          return true;
        }
      }
    }
    return false;
  }

  private static int depth(YamlNode node) {
    List<YamlNode> parts =
        switch (node) {
          case YamlNode.Scalar _ -> List.of();
          case YamlNode.Sequence list -> list.items();
          case YamlNode.Mapping map -> map.entries().stream().map(YamlNode.Entry::value).toList();
        };
    int deepest = 0;
    for (YamlNode part : parts) {
      deepest = Math.max(deepest, depth(part));
    }
    return deepest + 1;
  }
}
