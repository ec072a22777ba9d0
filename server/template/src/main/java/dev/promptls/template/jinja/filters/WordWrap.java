package dev.promptls.template.jinja.filters;

import dev.promptls.template.python.Bound;
import dev.promptls.template.python.CodePoints;
import dev.promptls.template.python.Python;
import dev.promptls.template.python.Splitting;
import dev.promptls.template.run.Failure;
import dev.promptls.template.run.Meter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
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
    String separator = bound.plain("wrapstring", null) instanceof String w ? w : "\n";
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
    Deque<String> chunks = chunks(text);
    while (!chunks.isEmpty()) {
      // White space that would begin a line after the first is dropped, and that at the end.
      if (!lines.isEmpty() && chunks.element().isBlank()) {
        chunks.remove();
      }
      Deque<String> line = new ArrayDeque<>();
      int room = width;
      while (!chunks.isEmpty() && CodePoints.length(chunks.element()) <= room) {
        meter.step();
        room -= CodePoints.length(chunks.element());
        line.add(chunks.remove());
      }
      if (!chunks.isEmpty() && CodePoints.length(chunks.element()) > width) {
        if (breakWords) {
          breakWord(chunks, line, room);
        } else if (line.isEmpty()) {
          line.add(chunks.remove());
        }
      }
      if (!line.isEmpty() && line.getLast().isBlank()) {
        line.removeLast();
      }
      if (!line.isEmpty()) {
        lines.add(String.join("", line));
      }
    }
    return lines;
  }

  /// Puts the beginning of a word that is longer than a line into what room there is.
  private void breakWord(Deque<String> chunks, Deque<String> line, int room) {
    String word = chunks.remove();
    meter.step();
    meter.scan(word.length());
    int end = room < word.length() ? CodePoints.offset(word, room, meter) : word.length();
    int hyphen = word.lastIndexOf('-', end - 1);
    boolean behindHyphen =
        end < word.length() && hyphen > 0 && !word.substring(0, hyphen).matches("-*+");
    int cut = behindHyphen ? hyphen + 1 : end;
    // Where nothing fits this is empty, and takes the place of the white space that is dropped.
    line.add(word.substring(0, cut));
    if (cut < word.length()) {
      chunks.push(word.substring(cut));
    }
  }

  /// Runs of white space and words, a word cut behind its hyphens.
  private Deque<String> chunks(String text) {
    Deque<String> chunks = new ArrayDeque<>();
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
