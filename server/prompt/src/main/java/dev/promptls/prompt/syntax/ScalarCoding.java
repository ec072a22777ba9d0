package dev.promptls.prompt.syntax;

import dev.promptls.prompt.text.Span;

/// Follows a YAML or JSON scalar from its source to its value: quotes, escapes, folded lines and
/// indentation. What cannot be followed is known as a whole only. Linear in the scalar's length.
final class ScalarCoding {
  /// More escapes than this are known as a whole only.
  private static final int MOST_PIECES = 200_000;

  private final String text;
  private final int base;
  private final String value;
  private final Decoded.Builder pieces = new Decoded.Builder();
  private int at;

  /// Where the blanks end that were looked at last, and whether they end a line.
  private int blanksEnd;

  private boolean blanksEndLine;

  /// Of the lines of a folded scalar, -1 before the first that says something.
  private int indent = -1;

  /// How much of the value was met.
  private int met;

  private ScalarCoding(String text, YamlNode.Scalar node) {
    this.text = text;
    this.base = node.span().start();
    this.value = node.text();
    this.at = base;
  }

  /// What a scalar of a file says; offsets count from the start of its span.
  static Decoded of(String text, YamlNode.Scalar node) {
    Span span = node.span();
    String value = node.text();
    if (value.isEmpty()) {
      return Decoded.opaque("", span.length());
    }
    ScalarCoding coding = new ScalarCoding(text, node);
    coding.skipProperties();
    if (coding.follow() && coding.met == value.length()) {
      return coding.pieces.build(value);
    }
    return Decoded.opaque(value, span.length());
  }

  private boolean follow() {
    if (at >= text.length()) {
      return false;
    }
    return switch (text.charAt(at)) {
      case '*' -> false;
      case '|' -> header() && literal();
      case '>' -> header() && folded();
      case '"' -> quoted('"');
      case '\'' -> quoted('\'');
      default -> flow('\0');
    };
  }

  /// Passes an anchor and a tag before the value.
  private void skipProperties() {
    while (at < text.length() && (text.charAt(at) == '&' || text.charAt(at) == '!')) {
      while (at < text.length() && !isBlank(text.charAt(at))) {
        at++;
      }
      skipBlanks();
    }
  }

  private boolean quoted(char quote) {
    at++;
    return flow(quote);
  }

  /// A plain or quoted scalar: a line break is a blank, more of them are one less.
  private boolean flow(char quote) {
    while (met < value.length()) {
      if (at >= text.length() || pieces.count() > MOST_PIECES) {
        return false;
      }
      char c = text.charAt(at);
      boolean went;
      if (quote == '"' && c == '\\') {
        went = escape();
      } else if (quote == '\'' && c == '\'') {
        went = emit("'", at + 2);
      } else if (isBlank(c) && lineEndsAt(at)) {
        went = fold();
      } else {
        went = run(quote);
      }
      if (!went) {
        return false;
      }
    }
    return true;
  }

  /// Copies what says itself, up to the next place that needs a look.
  private boolean run(char quote) {
    int start = at;
    int length = value.length();
    while (at < text.length() && met < length) {
      char c = text.charAt(at);
      boolean special =
          (c == '\\' && quote == '"')
              || (c == '\'' && quote == '\'')
              || (isBlank(c) && lineEndsAt(at));
      if (special || c != value.charAt(met)) {
        break;
      }
      at++;
      met++;
    }
    pieces.copy(start - base, at - base);
    return at > start;
  }

  private boolean escape() {
    if (at + 1 >= text.length()) {
      return false;
    }
    char c = text.charAt(at + 1);
    if (c == '\n' || c == '\r') {
      at++;
      skipBlanks();
      return true;
    }
    int digits =
        switch (c) {
          case 'x' -> 2;
          case 'u' -> 4;
          case 'U' -> 8;
          default -> 0;
        };
    int width = digits == 8 && met + 1 < value.length() ? points() : 1;
    int end = at + 2 + digits;
    return end <= text.length() && emit(value.substring(met, met + width), end);
  }

  /// How many units of the value make the character that is next.
  private int points() {
    return Character.charCount(value.codePointAt(met));
  }

  /// Line breaks with the blanks around them.
  private boolean fold() {
    int start = at;
    int breaks = skipBlanks();
    String folded = breaks == 1 ? " " : "\n".repeat(breaks - 1);
    int end = at;
    at = start;
    return breaks > 0 && emit(folded, end);
  }

  /// Passes the line with the sign of a block scalar.
  private boolean header() {
    int next = afterLine(at);
    at = next;
    return next >= 0;
  }

  /// Each line of the value ends a line of the source.
  private boolean literal() {
    while (met < value.length()) {
      int lineEnd = lineEnd(at);
      int stop = value.indexOf('\n', met);
      int length = (stop < 0 ? value.length() : stop) - met;
      int start = lineEnd - length;
      if (start < at || !text.regionMatches(start, value, met, length)) {
        return false;
      }
      pieces.copy(start - base, lineEnd - base);
      met += length;
      at = lineEnd;
      int next = afterLine(at);
      if (stop >= 0 && (next < 0 || !emit("\n", next))) {
        return false;
      }
    }
    return true;
  }

  /// As [#literal()], but that a single line break between two lines is a blank.
  private boolean folded() {
    while (met < value.length()) {
      int lineEnd = lineEnd(at);
      int blanks = blanks(at, lineEnd);
      if (saysNothing(at, lineEnd) && value.charAt(met) == '\n') {
        int next = afterLine(at);
        if (next < 0 || !emit("\n", next)) {
          return false;
        }
        continue;
      }
      if (indent < 0) {
        indent = blanks - blanksOfValue();
      }
      int start = at + Math.clamp(indent, 0, lineEnd - at);
      int length = Math.min(lineEnd - start, value.length() - met);
      if (!text.regionMatches(start, value, met, length)) {
        return false;
      }
      pieces.copy(start - base, start - base + length);
      met += length;
      at = lineEnd;
      if (met < value.length() && !breaks()) {
        return false;
      }
    }
    return true;
  }

  /// Whether a line of a folded scalar is blank up to its indentation and ends there.
  private boolean saysNothing(int from, int to) {
    return from + blanks(from, to) == to && (indent < 0 || to - from <= indent);
  }

  /// The line breaks between two lines of a folded scalar, the first of which may say nothing.
  private boolean breaks() {
    int lines = 0;
    int next = afterLine(at);
    while (next >= 0) {
      lines++;
      int end = lineEnd(next);
      if (next >= text.length() || !saysNothing(next, end)) {
        break;
      }
      next = afterLine(next);
    }
    if (value.charAt(met) == ' ') {
      int first = afterLine(at);
      return first >= 0 && emit(" ", first);
    }
    int said = 0;
    while (met + said < value.length() && value.charAt(met + said) == '\n') {
      said++;
    }
    if (said < lines && said + met < value.length()) {
      at = afterLine(at);
    }
    for (int i = 0; i < said; i++) {
      int end = afterLine(at);
      if (end < 0 || !emit("\n", end)) {
        return false;
      }
    }
    return true;
  }

  /// Notes what the source up to an offset stands for.
  private boolean emit(String said, int end) {
    if (!value.startsWith(said, met)) {
      return false;
    }
    pieces.add(said.length(), at - base, end - base);
    met += said.length();
    at = end;
    return true;
  }

  private int blanksOfValue() {
    int count = 0;
    while (met + count < value.length() && value.charAt(met + count) == ' ') {
      count++;
    }
    return count;
  }

  private int blanks(int from, int to) {
    int end = from;
    while (end < to && text.charAt(end) == ' ') {
      end++;
    }
    return end - from;
  }

  /// Passes blanks and line breaks; gives the number of the latter.
  private int skipBlanks() {
    int breaks = 0;
    while (at < text.length() && isBlank(text.charAt(at))) {
      char c = text.charAt(at);
      boolean pair = c == '\r' && text.startsWith("\n", at + 1);
      breaks += c == '\n' || c == '\r' ? 1 : 0;
      at += pair ? 2 : 1;
    }
    return breaks;
  }

  /// Whether nothing but blanks is left of a line.
  private boolean lineEndsAt(int from) {
    if (from >= blanksEnd) {
      int end = from;
      while (end < text.length() && (text.charAt(end) == ' ' || text.charAt(end) == '\t')) {
        end++;
      }
      blanksEndLine = end < text.length() && isBlank(text.charAt(end));
      blanksEnd = Math.max(end, from + 1);
    }
    return blanksEndLine;
  }

  private int lineEnd(int from) {
    int end = Math.max(0, from);
    while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
      end++;
    }
    return end;
  }

  /// Where the next line begins, -1 if there is none.
  private int afterLine(int from) {
    int end = lineEnd(from);
    if (end >= text.length()) {
      return -1;
    }
    return text.startsWith("\r\n", end) ? end + 2 : end + 1;
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
  }
}
