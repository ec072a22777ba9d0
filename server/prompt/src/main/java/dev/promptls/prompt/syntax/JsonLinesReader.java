package dev.promptls.prompt.syntax;

import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.promptls.prompt.text.LineIndex;

/// Reads chat transcripts and training data, one JSON object a line; told apart by a key.
final class JsonLinesReader implements FormatReader {
  /// The longest first line that is looked into, in UTF-16 units.
  private static final int MAX_LINE = 1 << 20;

  private final Format format;
  private final String key;

  JsonLinesReader(Format format, String key) {
    this.format = format;
    this.key = key;
  }

  @Override
  public Format format() {
    return format;
  }

  @Override
  public boolean claimsContent(String name, String text) {
    int start = 0;
    while (start < text.length() && Character.isWhitespace(text.charAt(start))) {
      start++;
    }
    int end = text.indexOf('\n', start);
    int stop = end < 0 ? text.length() : end;
    if (start == text.length() || text.charAt(start) != '{' || stop - start > MAX_LINE) {
      return false;
    }
    String line = text.substring(start, stop);
    return line.contains('"' + key + '"') && hasKey(line);
  }

  private boolean hasKey(String line) {
    try {
      JsonElement element = JsonParser.parseString(line);
      return element.isJsonObject() && element.getAsJsonObject().has(key);
    } catch (JsonParseException e) {
      return false;
    }
  }

  @Override
  public boolean claimsName(String name) {
    return format == Format.OPENAI && name.endsWith(".jsonl");
  }

  @Override
  public PromptFile read(String name, LineIndex lines) {
    return WholeText.read(format, name, lines);
  }
}
