package dev.promptls.prompt.check;

import dev.promptls.prompt.text.LineIndex;
import dev.promptls.prompt.text.Span;
import java.util.Set;

/// Some whole lines, one after the other, as line rules see them.
///
/// @param index of the whole file
/// @param span of the lines, without the last one's line break
/// @param specialTokens of the model, if they are known
record Lines(LineIndex index, Span span, Set<String> specialTokens) {
  /// @param from the first line
  /// @param to behind the last, which is not before `from`
  static Lines of(LineIndex index, int from, int to, Set<String> specialTokens) {
    int start = index.lineStart(from);
    int end = to == from ? start : index.lineEnd(to - 1);
    return new Lines(index, new Span(start, end), specialTokens);
  }

  String text() {
    return index.text();
  }

  int start() {
    return span.start();
  }

  int end() {
    return span.end();
  }

  /// The line at an offset, without its line break.
  Span line(int offset) {
    return index.lineSpan(index.line(offset));
  }

  /// Where something stands in the lines, from an offset of the file; -1 if nowhere.
  int indexOf(String what, int from) {
    return text().indexOf(what, Math.min(from, end()), end());
  }
}
