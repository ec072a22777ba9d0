package dev.promptls.prompt.check;

import dev.promptls.prompt.text.Span;
import java.util.Set;

/// A line as line rules see it.
///
/// @param text of the whole file
/// @param span of the line without its line break
/// @param specialTokens of the model, if they are known
record Line(String text, Span span, Set<String> specialTokens) {
  int start() {
    return span.start();
  }

  int end() {
    return span.end();
  }

  boolean contains(String what) {
    return indexOf(what, span.start()) >= 0;
  }

  /// Where something stands in the line, from an offset of the file; -1 if nowhere.
  int indexOf(String what, int from) {
    return text.indexOf(what, from, span.end());
  }
}
