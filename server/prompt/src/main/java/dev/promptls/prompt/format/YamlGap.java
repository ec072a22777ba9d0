package dev.promptls.prompt.format;

import java.util.function.IntUnaryOperator;

/// White space and comments between two tokens of a YAML text on different lines, rewritten: no
/// white space behind anything, and one empty line at most.
///
/// @param atLineStart whether it begins with a line; if not, what belongs to the line before comes
///   first
/// @param head whether nothing stands before it, so that no empty line may
record YamlGap(String gap, boolean atLineStart, boolean head) {
  /// The gap in front of a token.
  ///
  /// @param indent the token's column
  /// @param comments from the columns of comments on lines of their own to their new ones
  String before(int indent, String lineBreak, IntUnaryOperator comments) {
    return text(lineBreak, comments, false) + " ".repeat(indent);
  }

  /// The gap behind the last token.
  String atEnd(String lineBreak, IntUnaryOperator comments) {
    return text(lineBreak, comments, true);
  }

  /// All lines but the last, each with its line break; the last too if it holds a comment and
  /// nothing follows it.
  private String text(String lineBreak, IntUnaryOperator comments, boolean last) {
    StringBuilder out = new StringBuilder();
    boolean mayBlank = !head;
    boolean blank = false;
    boolean first = !atLineStart;
    int at = 0;
    while (at < gap.length()) {
      int end = YamlTokens.lineEnd(gap, at, gap.length());
      boolean ended = end < gap.length();
      String line = gap.substring(at, end);
      boolean empty = line.isBlank();
      if (first) {
        out.append(empty ? "" : line.stripTrailing());
        out.append(ended || last ? lineBreak : "");
        first = false;
      } else if (!empty) {
        out.append(blank && mayBlank ? lineBreak : "");
        int column = comments.applyAsInt(line.length() - line.stripLeading().length());
        out.append(" ".repeat(column)).append(line.strip()).append(lineBreak);
        mayBlank = true;
        blank = false;
      } else if (ended) {
        blank = true;
      }
      at = end + (gap.startsWith("\r\n", end) ? 2 : 1);
    }
    boolean keepBlank = blank && mayBlank && !last;
    return keepBlank ? out.append(lineBreak).toString() : out.toString();
  }
}
