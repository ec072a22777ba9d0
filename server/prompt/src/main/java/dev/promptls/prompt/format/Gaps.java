package dev.promptls.prompt.format;

import dev.promptls.prompt.text.Span;
import dev.promptls.prompt.text.TextEdit;
import java.util.ArrayList;
import java.util.List;

/// The stretches of a text that mean nothing, rewritten one by one in source order.
final class Gaps {
  private final String text;
  private final String lineBreak;
  private final List<Group> groups = new ArrayList<>();

  Gaps(String text) {
    this.text = text;
    this.lineBreak = usualBreak(text);
  }

  /// Edits that make sense only together, for a part of the text.
  private static final class Group {
    private final int start;
    private final List<TextEdit> edits = new ArrayList<>();
    private int end;

    Group(Span span) {
      this.start = span.start();
      this.end = span.end();
    }
  }

  String text() {
    return text;
  }

  /// The line break that most lines of the text end with.
  String lineBreak() {
    return lineBreak;
  }

  /// Begins the edits of a part.
  void group(Span span) {
    groups.add(new Group(span));
  }

  /// Ends the part of the last edits and begins the next, which goes as far as that one did.
  void split(int at) {
    Group last = groups.getLast();
    group(new Span(at, last.end));
    last.end = at - 1;
  }

  List<TextEdit> all() {
    return groups.stream().flatMap(group -> group.edits.stream()).toList();
  }

  /// The edits of the parts that a range touches.
  List<TextEdit> in(Span range) {
    return groups.stream()
        .filter(group -> group.start <= range.end() && range.start() <= group.end)
        .flatMap(group -> group.edits.stream())
        .toList();
  }

  /// Replaces a stretch, or only the part of it that differs.
  void replace(Span gap, String replacement) {
    int start = gap.start();
    int end = gap.end();
    int from = 0;
    int least = Math.min(end - start, replacement.length());
    while (from < least && text.charAt(start + from) == replacement.charAt(from)) {
      from++;
    }
    int same = 0;
    while (same < least - from
        && text.charAt(end - 1 - same) == replacement.charAt(replacement.length() - 1 - same)) {
      same++;
    }
    Span span = new Span(start + from, end - same);
    String put = replacement.substring(from, replacement.length() - same);
    if (!span.isEmpty() || !put.isEmpty()) {
      groups.getLast().edits.add(new TextEdit(span, put));
    }
  }

  private static String usualBreak(String text) {
    int pairs = 0;
    int all = 0;
    for (int at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
      all++;
      pairs += at > 0 && text.charAt(at - 1) == '\r' ? 1 : 0;
    }
    return pairs * 2 > all ? "\r\n" : "\n";
  }
}
