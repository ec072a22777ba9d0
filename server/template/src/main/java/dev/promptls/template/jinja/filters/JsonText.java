package dev.promptls.template.jinja.filters;

import dev.promptls.template.python.Markup;
import dev.promptls.template.python.Python;
import dev.promptls.template.python.Tuple;
import dev.promptls.template.run.Failure;
import dev.promptls.template.run.Meter;
import dev.promptls.template.run.Numbers;
import dev.promptls.template.run.Undefined;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Values as JSON, as Python's `json.dumps` writes them.
final class JsonText {
  /// How `json.dumps` is called.
  ///
  /// @param indent spaces or the text of one level, null for one line
  /// @param html whether `<`, `>`, `&` and `'` are escaped
  record Style(
      boolean ascii,
      boolean sortKeys,
      boolean html,
      @Nullable String indent,
      String itemSeparator,
      String keySeparator) {}

  private final Meter meter;
  private final Style style;
  private final StringBuilder out = new StringBuilder();

  private JsonText(Meter meter, Style style) {
    this.meter = meter;
    this.style = style;
  }

  static String of(@Nullable Object value, Style style, Meter meter) {
    JsonText text = new JsonText(meter, style);
    text.value(value, 1);
    return text.out.toString();
  }

  private void value(@Nullable Object value, int depth) {
    switch (value) {
      case null -> put("null");
      case Boolean b -> put(b.toString());
      case Double d -> put(number(d));
      case Number n -> put(n.toString());
      case String s -> string(s);
      case Markup m -> string(m.text());
      case List<?> l -> list(l, depth);
      case Tuple t -> list(t.items(), depth);
      case Map<?, ?> m -> map(m, depth);
      case Undefined u -> throw u.failure();
      default ->
          throw new Failure(
              "A value of type '" + Python.typeName(value) + "' cannot be written as JSON.");
    }
  }

  private void put(String part) {
    out.append(meter.made(part));
  }

  private static String number(double value) {
    if (Double.isFinite(value)) {
      return Numbers.print(value);
    }
    return Double.isNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity";
  }

  private void list(List<?> items, int depth) {
    if (items.isEmpty()) {
      put("[]");
      return;
    }
    meter.enterExpression();
    put("[");
    boolean first = true;
    for (Object item : items) {
      between(first, depth);
      first = false;
      value(item, depth + 1);
    }
    line(depth - 1);
    put("]");
    meter.leaveExpression();
  }

  private void map(Map<?, ?> map, int depth) {
    if (map.isEmpty()) {
      put("{}");
      return;
    }
    meter.enterExpression();
    put("{");
    boolean first = true;
    List<Map.Entry<?, ?>> entries = new ArrayList<>(map.entrySet());
    if (style.sortKeys()) {
      Comparator<@Nullable Object> order = new Python(meter).ascending();
      entries.sort((a, b) -> order.compare(a.getKey(), b.getKey()));
    }
    for (Map.Entry<?, ?> entry : entries) {
      between(first, depth);
      first = false;
      string(key(entry.getKey()));
      put(style.keySeparator());
      value(entry.getValue(), depth + 1);
    }
    line(depth - 1);
    put("}");
    meter.leaveExpression();
  }

  private static String key(@Nullable Object key) {
    return switch (key) {
      case null -> "null";
      case String s -> s;
      case Double d -> number(d);
      case Boolean b -> b.toString();
      case Number n -> n.toString();
      default -> throw new Failure("A key of type '" + Python.typeName(key) + "' cannot be JSON.");
    };
  }

  private void between(boolean first, int depth) {
    meter.step();
    if (!first) {
      put(style.itemSeparator());
    }
    line(depth);
  }

  private void line(int depth) {
    String indent = style.indent();
    if (indent != null) {
      meter.chars((long) indent.length() * depth);
      out.append('\n').repeat(indent, Math.max(0, depth));
    }
  }

  private void string(String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      meter.walk();
      int before = out.length();
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        case '\f' -> out.append("\\f");
        case '\b' -> out.append("\\b");
        default -> {
          boolean html = style.html() && "<>&'".indexOf(c) >= 0;
          if (c < ' ' || html || (style.ascii() && c > '~')) {
            out.append("\\u").append(HexFormat.of().toHexDigits(c));
          } else {
            out.append(c);
          }
        }
      }
      meter.chars(out.length() - before);
    }
    out.append('"');
  }
}
