package dev.promptls.template.jinja.filters;

import dev.promptls.template.python.CodePoints;
import dev.promptls.template.python.Python;
import dev.promptls.template.python.PythonText;
import dev.promptls.template.python.Splitting;
import dev.promptls.template.python.Tuple;
import dev.promptls.template.run.Failure;
import dev.promptls.template.run.Meter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The filter `pprint`: a value as Python's `pprint.pformat` writes it, in lines of 80 characters,
/// its maps in the order of their keys.
final class PrettyText {
  private static final int WIDTH = 80;

  private final Meter meter;
  private final Python python;
  private final PythonText text;
  private final StringBuilder out = new StringBuilder();

  /// The value of a key, or of an item behind no key.
  private record Entry(String key, @Nullable Object value) {}

  private PrettyText(Meter meter, Python python, PythonText text) {
    this.meter = meter;
    this.python = python;
    this.text = text;
  }

  static String of(@Nullable Object value, Meter meter, Python python, PythonText text) {
    PrettyText pretty = new PrettyText(meter, python, text);
    pretty.put(value, 0, 0, 0);
    return pretty.out.toString();
  }

  /// @param indent characters before the value in its line
  /// @param allowance characters that will stand behind it
  private void put(@Nullable Object value, int indent, int allowance, int level) {
    String flat = flat(value);
    boolean fits = CodePoints.length(flat) <= WIDTH - indent - allowance;
    meter.enterExpression();
    switch (value) {
      case List<?> l when !fits -> items("[", entries(l), "]", indent, allowance, level);
      case Tuple t when !fits && t.names().isEmpty() ->
          items(
              "(",
              entries(t.items()),
              t.items().size() == 1 ? ",)" : ")",
              indent,
              allowance,
              level);
      case Map<?, ?> m when !fits -> items("{", entries(m), "}", indent, allowance, level);
      case String s when !fits -> string(s, indent, allowance, level);
      case null, default -> out.append(flat);
    }
    meter.leaveExpression();
  }

  private static List<Entry> entries(List<?> items) {
    List<Entry> entries = new ArrayList<>();
    items.forEach(item -> entries.add(new Entry("", item)));
    return entries;
  }

  private List<Entry> entries(Map<?, ?> map) {
    List<Entry> entries = new ArrayList<>();
    sorted(map)
        .forEach(entry -> entries.add(new Entry(flat(entry.getKey()) + ": ", entry.getValue())));
    return entries;
  }

  private void items(
      String open, List<Entry> entries, String close, int indent, int allowance, int level) {
    out.append(open);
    for (int i = 0; i < entries.size(); i++) {
      Entry entry = entries.get(i);
      boolean last = i == entries.size() - 1;
      meter.step();
      if (i > 0) {
        breakLine(indent + 1, ",");
      }
      out.append(meter.made(entry.key()));
      put(
          entry.value(),
          indent + 1 + CodePoints.length(entry.key()),
          last ? allowance + close.length() : 1,
          level + 1);
    }
    out.append(close);
  }

  private void breakLine(int indent, String before) {
    meter.chars(indent + 2L);
    out.append(before).append('\n').repeat(' ', indent);
  }

  /// A long string, as several that stand one after the other.
  private void string(String s, int indent, int allowance, int level) {
    boolean outermost = level == 0;
    int start = outermost ? indent + 1 : indent;
    int behind = outermost ? allowance + 1 : allowance;
    List<String> chunks = new ArrayList<>();
    List<String> lines = new Splitting(meter).lines(s, true);
    for (int i = 0; i < lines.size(); i++) {
      boolean last = i == lines.size() - 1;
      String line = text.repr(lines.get(i));
      if (CodePoints.length(line) <= WIDTH - start - (last ? behind : 0)) {
        chunks.add(line);
      } else {
        filled(lines.get(i), WIDTH - start, last ? behind : 0, chunks);
      }
    }
    boolean parentheses = outermost && chunks.size() > 1;
    out.append(parentheses ? "(" : "");
    for (int i = 0; i < chunks.size(); i++) {
      if (i > 0) {
        breakLine(start, "");
      }
      out.append(meter.made(chunks.get(i)));
    }
    out.append(parentheses ? ")" : "");
  }

  /// A line in chunks of whole words, as many as fit.
  ///
  /// @param behind characters that will stand behind the last chunk
  private void filled(String line, int width, int behind, List<String> chunks) {
    String current = "";
    for (int from = 0; from < line.length(); ) {
      int to = wordEnd(line, from);
      String candidate = current + line.substring(from, to);
      int room = to == line.length() ? width - behind : width;
      if (CodePoints.length(text.repr(candidate)) > room) {
        if (!current.isEmpty()) {
          chunks.add(text.repr(current));
        }
        candidate = line.substring(from, to);
      }
      current = candidate;
      from = to;
    }
    chunks.add(text.repr(current));
  }

  /// Where a word ends, with the white space behind it.
  private int wordEnd(String line, int from) {
    int to = from;
    while (to < line.length() && !CodePoints.isSpace(line.charAt(to))) {
      meter.walk();
      to++;
    }
    while (to < line.length() && CodePoints.isSpace(line.charAt(to))) {
      meter.walk();
      to++;
    }
    return to;
  }

  /// A value in one line.
  private String flat(@Nullable Object value) {
    meter.enterExpression();
    String flat =
        switch (value) {
          case List<?> l -> flat("[", entries(l), "]");
          case Tuple t when t.names().isEmpty() ->
              flat("(", entries(t.items()), t.items().size() == 1 ? ",)" : ")");
          case Map<?, ?> m -> flat("{", entries(m), "}");
          case null, default -> text.repr(value);
        };
    meter.leaveExpression();
    return flat;
  }

  private String flat(String open, List<Entry> entries, String close) {
    StringBuilder line = new StringBuilder(open);
    for (Entry entry : entries) {
      line.append(line.length() == open.length() ? "" : ", ");
      line.append(meter.made(entry.key() + flat(entry.value())));
    }
    return line.append(close).toString();
  }

  /// By key; keys that have no order, by the names of their types.
  private List<Map.Entry<?, ?>> sorted(Map<?, ?> map) {
    List<Map.Entry<?, ?>> entries = new ArrayList<>(map.entrySet());
    Comparator<@Nullable Object> order = this::order;
    entries.sort((a, b) -> order.compare(a.getKey(), b.getKey()));
    return entries;
  }

  private int order(@Nullable Object a, @Nullable Object b) {
    meter.step();
    if (a instanceof Tuple t && b instanceof Tuple u) {
      int size = Math.min(t.items().size(), u.items().size());
      int order = 0;
      for (int i = 0; order == 0 && i < size; i++) {
        order = order(t.items().get(i), u.items().get(i));
      }
      return order == 0 ? Integer.compare(t.items().size(), u.items().size()) : order;
    }
    try {
      return python.order(a, "<", b);
    } catch (Failure noOrder) {
      return Python.typeName(a).compareTo(Python.typeName(b));
    }
  }
}
