package dev.promptls.prompt.shots;

import dev.promptls.prompt.text.Span;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What names a part at the start of a line: a word or a few with a colon (`Review:`, `**Q1:**`,
/// `1. Q:`), a heading or a bracket with one of the usual words (`### Input`, `[Output]`), or a tag
/// (`<review>`).
///
/// @param name without marks and numbers; that of a tag begins with `<`, as it means another part
/// @param head from the start of the line to behind the colon, bracket or tag
record Label(String name, Span head) {
  private static final String TAG = "<";
  private static final int MAX_LENGTH = 40;
  private static final int MAX_WORDS = 5;
  private static final int MAX_NUMBER = 3;

  /// What parts of examples are called, where nothing but the word says that they are one.
  private static final Set<String> USUAL =
      Set.of(
          "a",
          "ai",
          "answer",
          "article",
          "assistant",
          "category",
          "class",
          "code",
          "command",
          "completion",
          "context",
          "document",
          "example",
          "expected",
          "expected output",
          "explanation",
          "human",
          "hypothesis",
          "input",
          "instruction",
          "label",
          "message",
          "model",
          "output",
          "passage",
          "premise",
          "problem",
          "prompt",
          "q",
          "query",
          "question",
          "rationale",
          "reasoning",
          "reply",
          "response",
          "result",
          "review",
          "sentence",
          "sentiment",
          "solution",
          "source",
          "statement",
          "summary",
          "target",
          "text",
          "thought",
          "translation",
          "tweet",
          "user");

  /// Tags of pages, which say how something looks.
  private static final Set<String> HTML =
      Set.of(
          "b",
          "blockquote",
          "body",
          "br",
          "center",
          "code",
          "dd",
          "details",
          "div",
          "dl",
          "dt",
          "em",
          "h1",
          "h2",
          "h3",
          "h4",
          "h5",
          "h6",
          "head",
          "hr",
          "html",
          "i",
          "img",
          "kbd",
          "li",
          "ol",
          "p",
          "pre",
          "s",
          "script",
          "section",
          "span",
          "strong",
          "style",
          "sub",
          "sup",
          "table",
          "tbody",
          "td",
          "th",
          "thead",
          "tr",
          "u",
          "ul");

  /// The label that a stretch of text begins with.
  static @Nullable Label at(String text, Span span) {
    return at(text, span.start(), span.end());
  }

  private static @Nullable Label at(String text, int start, int end) {
    int first = skip(text, skipMark(text, skip(text, start, end, " \t"), end), end, "#*_ ");
    if (first >= end) {
      return null;
    }
    char sign = text.charAt(first);
    if (sign == '<') {
      return tag(text, start, first, end);
    }
    if (sign == '[') {
      return bracket(text, start, first, end);
    }
    if (!Character.isLetter(text.codePointAt(first))) {
      return null;
    }
    int limit = Math.min(end, first + MAX_LENGTH + 1);
    int colon = Math.min(find(text, ':', first, limit), find(text, '：', first, limit));
    if (find(text, '{', first, colon) < colon) {
      return null;
    }
    if (colon == end) {
      return heading(text, start, first, end);
    }
    if (colon >= limit || colon == first) {
      return null;
    }
    int behind = skip(text, colon + 1, end, "*_");
    if (behind < end && !Character.isWhitespace(text.charAt(behind)) && text.charAt(colon) == ':') {
      return null;
    }
    String name = bare(text.substring(first, colon));
    return !name.isEmpty() && words(name) <= MAX_WORDS
        ? new Label(name, new Span(start, behind))
        : null;
  }

  /// The name of a label as people read it.
  static String plain(String name) {
    return name.startsWith(TAG) ? name.substring(TAG.length()) : name;
  }

  /// Behind the mark of a list's item: `- `, `2. `, `3) `.
  static int skipMark(String text, int from, int end) {
    int at = from;
    if (at < end && "-*+•".indexOf(text.charAt(at)) >= 0) {
      at++;
    } else {
      while (at < end && at - from < MAX_NUMBER && isDigit(text.charAt(at))) {
        at++;
      }
      at = at > from && at < end && ".)".indexOf(text.charAt(at)) >= 0 ? at + 1 : end;
    }
    return at < end && text.charAt(at) == ' ' ? skip(text, at, end, " \t") : from;
  }

  /// `### Input`, `## Example 2`: a whole line.
  private static @Nullable Label heading(String text, int start, int first, int end) {
    int hash = skip(text, start, end, " \t");
    if (text.charAt(hash) != '#') {
      return null;
    }
    int behind = end;
    while (Character.isWhitespace(text.charAt(behind - 1))) {
      behind--;
    }
    return usual(text, first, behind, new Span(start, behind));
  }

  /// `[Input]`, perhaps with a colon.
  private static @Nullable Label bracket(String text, int start, int first, int end) {
    int close = text.indexOf(']', first, Math.min(end, first + MAX_LENGTH));
    if (close < 0) {
      return null;
    }
    int behind = close + 1 < end && isColon(text.charAt(close + 1)) ? close + 2 : close + 1;
    boolean parted = behind >= end || Character.isWhitespace(text.charAt(behind));
    return parted ? usual(text, first + 1, close, new Span(start, behind)) : null;
  }

  private static @Nullable Label usual(String text, int from, int to, Span head) {
    String name = bare(text.substring(from, to));
    return isUsual(name) ? new Label(name, head) : null;
  }

  /// Whether parts of examples are often called so.
  static boolean isUsual(String name) {
    return USUAL.contains(name.toLowerCase(Locale.ROOT));
  }

  /// `<review>`, perhaps with attributes.
  private static @Nullable Label tag(String text, int start, int first, int end) {
    int at = first + 1;
    int limit = Math.min(end, at + MAX_LENGTH);
    while (at < limit && (Character.isLetterOrDigit(text.charAt(at)) || isJoint(text.charAt(at)))) {
      at++;
    }
    int nameEnd = at;
    boolean named = nameEnd > first + 1 && Character.isLetter(text.charAt(first + 1));
    int close = at < end && " >".indexOf(text.charAt(at)) >= 0 ? text.indexOf('>', at, end) : -1;
    if (!named || close < 0 || text.charAt(close - 1) == '/') {
      return null;
    }
    String name = bare(text.substring(first + 1, nameEnd));
    return HTML.contains(name.toLowerCase(Locale.ROOT))
        ? null
        : new Label(TAG + name, new Span(start, close + 1));
  }

  /// The name in the tag that a label is; null if it is none.
  ///
  /// @param head of a label
  static @Nullable String tagName(String text, Span head) {
    if (head.isEmpty() || text.charAt(head.end() - 1) != '>') {
      return null;
    }
    int open = text.indexOf('<', head.start(), head.end());
    int at = open + 1;
    while (at < head.end() && " >".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    return open < 0 ? null : text.substring(open + 1, at);
  }

  /// A label without emphasis and number: `Q1**` is `Q`.
  private static String bare(String label) {
    int end = label.length();
    while (end > 0 && "*_ \t#0123456789".indexOf(label.charAt(end - 1)) >= 0) {
      end--;
    }
    return label.substring(0, end);
  }

  private static int words(String name) {
    int words = 1;
    for (int at = name.indexOf(' '); at >= 0; at = name.indexOf(' ', at + 1)) {
      words++;
    }
    return words;
  }

  /// The first place of a character; `to` if there is none before.
  private static int find(String text, char c, int from, int to) {
    int at = text.indexOf(c, from, to);
    return at < 0 ? to : at;
  }

  private static boolean isColon(char c) {
    return c == ':' || c == '：';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isJoint(char c) {
    return c == '_' || c == '-';
  }

  private static int skip(String text, int from, int end, String characters) {
    int at = from;
    while (at < end && characters.indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    return at;
  }
}
