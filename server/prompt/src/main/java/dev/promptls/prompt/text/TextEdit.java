package dev.promptls.prompt.text;

/// The replacement of a stretch of a text.
///
/// @param span in the text before the edit
public record TextEdit(Span span, String replacement) {
  /// The edit that changes nothing.
  public static final TextEdit NONE = new TextEdit(Span.at(0), "");

  /// The least edit that makes one text of another. A surrogate pair may be cut.
  public static TextEdit between(String before, String after) {
    int shorter = Math.min(before.length(), after.length());
    int start = 0;
    while (start < shorter && before.charAt(start) == after.charAt(start)) {
      start++;
    }
    int tail = 0;
    while (tail < shorter - start
        && before.charAt(before.length() - tail - 1) == after.charAt(after.length() - tail - 1)) {
      tail++;
    }
    Span span = new Span(start, before.length() - tail);
    return new TextEdit(span, after.substring(start, after.length() - tail));
  }

  /// How much longer the text becomes, in UTF-16 units; negative if shorter.
  public int growth() {
    return replacement.length() - span.length();
  }

  /// Where the replacement ends in the text after the edit.
  public int endAfter() {
    return span.start() + replacement.length();
  }

  /// The text after the edit.
  ///
  /// @throws IndexOutOfBoundsException if the span is not inside the text
  public String apply(String text) {
    return text.substring(0, span.start()) + replacement + text.substring(span.end());
  }

  /// Whether a following edit begins, ends or lies where this one wrote.
  public boolean touches(TextEdit next) {
    return next.span().start() <= endAfter() && next.span().end() >= span.start();
  }

  /// The one edit that does what this one does and then another.
  ///
  /// @param after the text when both are done
  public TextEdit then(TextEdit next, String after) {
    int start = Math.min(span.start(), next.span().start());
    int endBetween = Math.max(endAfter(), next.span().end());
    Span whole = new Span(start, endBetween - growth());
    return new TextEdit(whole, after.substring(start, endBetween + next.growth()));
  }

  /// Where a stretch is after the edit: what is written at its start is before it, at its end
  /// behind.
  public Span moved(Span stretch) {
    if (span.end() <= stretch.start()) {
      return stretch.shift(growth());
    }
    if (span.start() >= stretch.end()) {
      return stretch;
    }
    int start = Math.min(stretch.start(), span.start());
    int end = Math.max(stretch.end(), span.end()) + growth();
    return new Span(start, Math.max(start, end));
  }

  /// Where something stands after the edit that the edit neither changes nor touches; -1 for what
  /// it does.
  public int moved(int offset) {
    if (offset < span.start()) {
      return offset;
    }
    return offset > span.end() ? offset + growth() : -1;
  }
}
