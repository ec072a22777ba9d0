package dev.promptls.prompt.render;

import dev.promptls.template.javascript.JavaScript;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Values as JavaScript's `JSON.stringify` prints them; Gson escapes other characters, prints other
/// numbers and cannot be stopped.
public final class JsonPrinter {
  private static final HexFormat HEX = HexFormat.of();
  private static final int MAX_DEPTH = 200;

  private final StringBuilder out = new StringBuilder();
  private final String indent;

  private final int limit;
  private boolean tooLarge;

  private JsonPrinter(String indent, int limit) {
    this.indent = indent;
    this.limit = limit;
  }

  /// One value.
  ///
  /// @param indent of each level; empty prints all in one line
  /// @param limit of the text in UTF-16 units
  /// @return null if the text would be longer, or the value is nested deeper than 200
  public static @Nullable String print(@Nullable Object value, String indent, int limit) {
    JsonPrinter printer = new JsonPrinter(indent, limit);
    printer.value(value, 0);
    return printer.tooLarge ? null : printer.out.toString();
  }

  private void value(@Nullable Object value, int depth) {
    tooLarge |= depth > MAX_DEPTH || out.length() > limit;
    if (tooLarge) {
      return;
    }
    switch (value) {
      case null -> out.append("null");
      case String text -> string(text);
      case Double number ->
          out.append(Double.isFinite(number) ? JavaScript.number(number) : "null");
      case Map<?, ?> map -> object(map, depth);
      case List<?> list -> array(list, depth);
      default -> out.append(value);
    }
  }

  private void object(Map<?, ?> map, int depth) {
    String separator = "{";
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      out.append(separator);
      line(depth + 1);
      string(String.valueOf(entry.getKey()));
      out.append(indent.isEmpty() ? ":" : ": ");
      value(entry.getValue(), depth + 1);
      separator = ",";
    }
    end(map.isEmpty(), depth, "{}", '}');
  }

  private void array(List<?> list, int depth) {
    String separator = "[";
    for (Object item : list) {
      out.append(separator);
      line(depth + 1);
      value(item, depth + 1);
      separator = ",";
    }
    end(list.isEmpty(), depth, "[]", ']');
  }

  private void end(boolean empty, int depth, String nothing, char close) {
    if (empty) {
      out.append(nothing);
    } else {
      line(depth);
      out.append(close);
    }
  }

  private void line(int depth) {
    if (!indent.isEmpty()) {
      out.append('\n').repeat(indent, depth);
    }
  }

  private void string(String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\b' -> out.append("\\b");
        case '\f' -> out.append("\\f");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (c < ' ' || isUnpaired(text, i)) {
            out.append("\\u").append(HEX.toHexDigits(c));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }

  private static boolean isUnpaired(String text, int at) {
    char c = text.charAt(at);
    if (Character.isHighSurrogate(c)) {
      return at + 1 == text.length() || !Character.isLowSurrogate(text.charAt(at + 1));
    }
    return Character.isLowSurrogate(c)
        && (at == 0 || !Character.isHighSurrogate(text.charAt(at - 1)));
  }
}
