package dev.promptls.template;

import java.util.ArrayList;
import java.util.List;

/// The filter `wordwrap`, which breaks lines as Python's `textwrap` does.
final class WordWrap {
  private final Meter meter;

  WordWrap(Meter meter) {
    this.meter = meter;
  }

  String wrap(String s, Bound bound) {
    int width = bound.integer("width", 79);
    if (width <= 0) {
      throw new Failure("'wordwrap' needs a width above zero.");
    }
    boolean breakWords = Python.truth(bound.get("break_long_words", true));
    String separator = bound.get("wrapstring", null) instanceof String w ? w : "\n";
    List<String> wrapped = new ArrayList<>();
    for (String line : new Splitting(meter).lines(s, false)) {
      wrapped.add(joined(lines(line, width, breakWords), separator));
    }
    return joined(wrapped, separator);
  }

  private String joined(List<String> parts, String separator) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < parts.size(); i++) {
      String part = parts.get(i);
      meter.chars(part.length() + (i == 0 ? 0 : separator.length()));
      out.append(i == 0 ? "" : separator).append(part);
    }
    return out.toString();
  }

  private List<String> lines(String text, int width, boolean breakWords) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String chunk : chunks(text)) {
      meter.step();
      boolean blank = chunk.isBlank();
      if (line.length() + chunk.length() <= width) {
        // White space that would begin a line after the first is dropped.
        line.append(blank && line.isEmpty() && !lines.isEmpty() ? "" : chunk);
        continue;
      }
      String rest = chunk;
      if (breakWords && chunk.length() > width) {
        int room = Math.max(1, width - line.length());
        line.append(rest, 0, room);
        rest = rest.substring(room);
      }
      finish(line, lines);
      while (breakWords && rest.length() > width) {
        meter.step();
        meter.chars(rest.length() / 64);
        lines.add(rest.substring(0, width));
        rest = rest.substring(width);
      }
      line.append(rest.isBlank() ? "" : rest);
    }
    finish(line, lines);
    return lines;
  }

  private static void finish(StringBuilder line, List<String> lines) {
    String text = line.toString().stripTrailing();
    if (!text.isEmpty()) {
      lines.add(text);
    }
    line.setLength(0);
  }

  /// Runs of white space and words, a word cut behind its hyphens.
  private List<String> chunks(String text) {
    List<String> chunks = new ArrayList<>();
    int from = 0;
    for (int i = 1; i <= text.length(); i++) {
      meter.walk();
      boolean cut = i == text.length();
      if (!cut) {
        boolean before = Character.isWhitespace(text.charAt(i - 1));
        boolean after = Character.isWhitespace(text.charAt(i));
        boolean hyphen =
            i >= 3
                && text.charAt(i - 1) == '-'
                && Character.isLetter(text.charAt(i - 2))
                && Character.isLetter(text.charAt(i - 3))
                && Character.isLetter(text.charAt(i));
        cut = before != after || hyphen;
      }
      if (cut) {
        meter.step();
        chunks.add(text.substring(from, i));
        from = i;
      }
    }
    return chunks;
  }
}
