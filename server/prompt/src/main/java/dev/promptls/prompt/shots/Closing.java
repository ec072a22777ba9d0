package dev.promptls.prompt.shots;

import dev.promptls.prompt.text.Span;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Values between tags: `<review>Great.</review>`.
final class Closing {
  private static final Pattern OPEN = Pattern.compile("<([\\p{L}][\\p{L}\\p{N}_-]{0,39})[ >]");
  private static final Pattern CLOSE = Pattern.compile("\\s*</([\\p{L}][\\p{L}\\p{N}_-]{0,39})>");

  private Closing() {}

  /// The value behind a label that is a tag; null if it is none, or is not closed.
  ///
  /// @param end of what belongs to the label
  static @Nullable Span value(String text, Span head, int end) {
    String tag = Label.tagName(text, head);
    int close = tag == null ? -1 : text.indexOf("</" + tag + ">", head.end(), end);
    if (close < 0) {
      return null;
    }
    Span value = new Span(head.end(), close).strip(text);
    return value.isEmpty() ? Span.at(head.end()) : value;
  }

  /// Where a block ends: behind the tags that close what was opened in it.
  ///
  /// @param start of the block
  /// @param value the last one
  /// @param limit where the next block begins
  static int end(String text, int start, Span value, int limit) {
    Set<String> opened = new HashSet<>();
    Matcher open = OPEN.matcher(text).region(start, value.start());
    while (open.find()) {
      opened.add(open.group(1));
    }
    int end = value.end();
    Matcher close = CLOSE.matcher(text).region(end, limit);
    while (close.lookingAt() && opened.contains(close.group(1))) {
      end = close.end();
      close.region(end, limit);
    }
    return end;
  }
}
