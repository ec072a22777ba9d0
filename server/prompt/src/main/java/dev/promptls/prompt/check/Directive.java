package dev.promptls.prompt.check;

import dev.promptls.prompt.text.Span;
import java.util.ArrayList;
import java.util.List;

/// A comment that switches rules off: `promptls-ignore CODE`, with `-next-line` or `-file` behind
/// the first word. Without codes it means all; what follows a colon is the author's reason.
///
/// @param span of the whole comment
/// @param codes as written
record Directive(Span span, Style style, Reach reach, List<Word> codes)
    implements Placed<Directive> {
  static final String WORD = "promptls-ignore";

  /// The longer before those that they begin with.
  private static final List<Style> BY_LENGTH =
      List.of(
          Style.LONG_HANDLEBARS,
          Style.TRIMMED_HANDLEBARS,
          Style.HANDLEBARS,
          Style.JINJA,
          Style.MARKUP,
          Style.YAML);

  Directive {
    codes = List.copyOf(codes);
  }

  /// How it is marked as a comment.
  enum Style {
    HANDLEBARS("{{!", "}}"),
    LONG_HANDLEBARS("{{!--", "--}}"),
    TRIMMED_HANDLEBARS("{{~!", "}}"),
    JINJA("{#", "#}"),
    MARKUP("<!--", "-->"),
    YAML("#", "");

    private final String open;
    private final String close;

    Style(String open, String close) {
      this.open = open;
      this.close = close;
    }

    /// A comment of this style.
    String comment(String text) {
      return open + " " + text + (close.isEmpty() ? "" : " " + close);
    }
  }

  /// Which lines it speaks of.
  enum Reach {
    LINE(""),
    NEXT_LINE("-next-line"),
    FILE("-file");

    private final String suffix;

    Reach(String suffix) {
      this.suffix = suffix;
    }

    String word() {
      return WORD + suffix;
    }
  }

  /// The code of a rule, as written.
  record Word(String code, Span span) {
    Word shift(int by) {
      return new Word(code, span.shift(by));
    }
  }

  @Override
  public Directive shift(int by) {
    List<Word> moved = codes.stream().map(word -> word.shift(by)).toList();
    return by == 0 ? this : new Directive(span.shift(by), style, reach, moved);
  }

  /// The directives that are written in a line. Whether its comment is one where it stands, the
  /// file knows.
  static List<Directive> in(String text, Span line) {
    int at = text.indexOf(WORD, line.start(), line.end());
    if (at < 0) {
      return List.of();
    }
    List<Directive> found = new ArrayList<>();
    while (at >= 0) {
      int next = at + WORD.length();
      int open = skipBlanksBack(text, line.start(), at);
      for (Style style : BY_LENGTH) {
        if (text.startsWith(style.open, open - style.open.length())
            && open - style.open.length() >= line.start()) {
          Directive directive = read(text, line, style, open - style.open.length(), at);
          next = Math.max(next, directive.span().end());
          found.add(directive);
          break;
        }
      }
      at = text.indexOf(WORD, next, Math.max(next, line.end()));
    }
    return found;
  }

  private static int skipBlanksBack(String text, int from, int at) {
    int open = at;
    while (open > from && (text.charAt(open - 1) == ' ' || text.charAt(open - 1) == '\t')) {
      open--;
    }
    return open;
  }

  private static Directive read(String text, Span line, Style style, int start, int word) {
    int close = style.close.isEmpty() ? -1 : text.indexOf(style.close, word, line.end());
    int inside = close < 0 ? line.end() : close;
    int end = close < 0 ? line.end() : close + style.close.length();
    Reach reach = Reach.LINE;
    int at = word + WORD.length();
    for (Reach longer : List.of(Reach.NEXT_LINE, Reach.FILE)) {
      if (text.startsWith(longer.suffix, at)) {
        reach = longer;
      }
    }
    return new Directive(
        new Span(start, end), style, reach, words(text, at + reach.suffix.length(), inside));
  }

  private static List<Word> words(String text, int from, int end) {
    List<Word> words = new ArrayList<>();
    int at = from;
    while (at < end && text.charAt(at) != ':') {
      int start = at;
      while (at < end && isLetter(text.charAt(at))) {
        at++;
      }
      if (at > start) {
        words.add(new Word(text.substring(start, at), new Span(start, at)));
      } else {
        at++;
      }
    }
    return words;
  }

  private static boolean isLetter(char c) {
    return Character.isLetterOrDigit(c) || c == '-' || c == '_';
  }
}
