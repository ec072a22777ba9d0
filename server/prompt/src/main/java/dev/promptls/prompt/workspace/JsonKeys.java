package dev.promptls.prompt.workspace;

import dev.promptls.prompt.text.Span;
import java.util.ArrayList;
import java.util.List;

/// Where keys stand in JSON: one value, or one after the other as in JSON Lines. Goes on behind
/// what is no JSON as well as it can, since all it is for is to find names.
final class JsonKeys {
  private static final int MAX_DEPTH = 100;

  private final String text;
  private final List<Found> found = new ArrayList<>();
  private final List<String> path = new ArrayList<>();
  private int depth;
  private int at;

  private JsonKeys(String text) {
    this.text = text;
  }

  /// A key.
  ///
  /// @param path the keys that lead to it, itself last; lists count for nothing
  /// @param span without its quotes
  record Found(List<String> path, Span span) {}

  static List<Found> in(String text) {
    JsonKeys keys = new JsonKeys(text);
    while (keys.at < text.length()) {
      keys.value();
    }
    return keys.found;
  }

  private void value() {
    char c = text.charAt(at);
    if (c == '"') {
      string();
    } else if ((c == '{' || c == '[') && depth < MAX_DEPTH) {
      at++;
      depth++;
      inside(c == '{');
      depth--;
    } else {
      at++;
    }
  }

  private void inside(boolean object) {
    boolean key = object;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '}' || c == ']') {
        at++;
        return;
      }
      if (c == '\n' && depth == 1 && startsObject(at + 1)) {
        // A line that was not finished, before the next row.
        return;
      }
      if (c == ',') {
        key = object;
        at++;
      } else if (c == '"' && key) {
        key = false;
        Span name = string();
        path.add(name.of(text));
        found.add(new Found(List.copyOf(path), name));
        valueOfKey();
        path.removeLast();
      } else {
        value();
      }
    }
  }

  private boolean startsObject(int index) {
    return index < text.length() && text.charAt(index) == '{';
  }

  private void valueOfKey() {
    while (at < text.length()
        && (Character.isWhitespace(text.charAt(at)) || text.charAt(at) == ':')) {
      at++;
    }
    if (at < text.length() && "\"{[".indexOf(text.charAt(at)) >= 0) {
      value();
    }
  }

  /// Passes over a string; gives what is between the quotes.
  private Span string() {
    int start = ++at;
    while (at < text.length() && text.charAt(at) != '"' && text.charAt(at) != '\n') {
      at += text.charAt(at) == '\\' ? 2 : 1;
    }
    int end = Math.min(at, text.length());
    at = Math.min(text.length(), end + 1);
    return new Span(start, end);
  }
}
