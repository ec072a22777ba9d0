package dev.promptls.lsp;

import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Positions in one text, counted character by character, as the protocol describes them: simple,
/// slow, and without any of the server's own code.
///
/// @param encoding `utf-8`, `utf-16` or `utf-32`
record ReferencePositions(String text, String encoding) {
  /// The offset in UTF-16 units of a position, which must lie in the text and between characters.
  int offset(JsonObject position) {
    int line = position.get("line").getAsInt();
    int character = position.get("character").getAsInt();
    List<Integer> starts = lineStarts();
    if (line < 0 || line >= starts.size()) {
      throw new AssertionError("There is no line " + line + ": " + position);
    }
    int at = starts.get(line);
    int count = 0;
    while (count < character) {
      if (at == text.length() || text.charAt(at) == '\n' || text.charAt(at) == '\r') {
        throw new AssertionError("The line ends before " + position);
      }
      int codePoint = text.codePointAt(at);
      count += width(codePoint);
      at += Character.charCount(codePoint);
    }
    if (count != character) {
      throw new AssertionError("Inside a character: " + position);
    }
    return at;
  }

  /// The position of an offset between two characters.
  JsonObject position(int offset) {
    List<Integer> starts = lineStarts();
    int line = 0;
    while (line + 1 < starts.size() && starts.get(line + 1) <= offset) {
      line++;
    }
    int count = 0;
    for (int at = starts.get(line); at < offset; at += Character.charCount(text.codePointAt(at))) {
      count += width(text.codePointAt(at));
    }
    var position = new JsonObject();
    position.addProperty("line", line);
    position.addProperty("character", count);
    return position;
  }

  JsonObject range(int start, int end) {
    var range = new JsonObject();
    range.add("start", position(start));
    range.add("end", position(end));
    return range;
  }

  /// All offsets that a position can mean: between characters, not inside `\r\n`.
  List<Integer> offsets() {
    var offsets = new ArrayList<Integer>();
    for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
      if (at == 0 || !text.startsWith("\r\n", at - 1)) {
        offsets.add(at);
      }
    }
    offsets.add(text.length());
    return offsets;
  }

  /// How many lines there are.
  int lines() {
    return lineStarts().size();
  }

  private List<Integer> lineStarts() {
    var starts = new ArrayList<Integer>();
    starts.add(0);
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '\n' || (text.charAt(i) == '\r' && !text.startsWith("\r\n", i))) {
        starts.add(i + 1);
      }
    }
    return starts;
  }

  private int width(int codePoint) {
    return switch (encoding) {
      case "utf-16" -> Character.charCount(codePoint);
      case "utf-32" -> 1;
      default ->
          codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE
              ? 3 // half a pair has no UTF-8; what stands for it, U+FFFD, has three bytes
              : Character.toString(codePoint).getBytes(StandardCharsets.UTF_8).length;
    };
  }
}
