package dev.promptls.prompt.syntax;

import dev.promptls.prompt.text.Span;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The text of one message, made of pieces of a POML document with Markdown around them. Runs of
/// white space become one blank, as POML does unless told otherwise.
final class PomlWriter {
  private static final Map<String, String> ESCAPES =
      Map.of(
          "#quot;", "\"",
          "#apos;", "'",
          "#amp;", "&",
          "#lt;", "<",
          "#gt;", ">",
          "#hash;", "#",
          "#lbrace;", "{",
          "#rbrace;", "}");

  private static final int LONGEST_ESCAPE = 8;

  private final String source;
  private final int base;
  private final StringBuilder said = new StringBuilder();
  private final Decoded.Builder pieces = new Decoded.Builder();

  /// How many line breaks part what was said from what follows.
  private int breaks;

  private Blank blank = Blank.NONE;

  /// Whether a blank stands between the breaks and what follows.
  private boolean indented;

  /// Whether the last of the breaks stands for itself, so that others come beside it.
  private boolean broken;

  /// How many of the breaks are there even if nothing follows.
  private int standing;

  private boolean verbatim;

  /// Of the lines that begin from now on, in blanks.
  private int indent;

  /// A blank after what was said.
  private enum Blank {
    NONE,
    /// Between elements: there only if no line breaks come.
    SOFT,
    /// The end of a text with words, which stays.
    FIRM
  }

  /// @param base where the message begins in the source
  PomlWriter(String source, int base) {
    this.source = source;
    this.base = base;
  }

  boolean isEmpty() {
    return said.isEmpty() && standing == 0;
  }

  Decoded build() {
    if (standing > 0) {
      breaks = standing;
      indent = 0;
      indented = false;
      flush(base);
    }
    return pieces.build(said.toString());
  }

  /// Whether white space is kept from now on.
  ///
  /// @return whether it was until now
  boolean verbatim(boolean kept) {
    boolean before = verbatim;
    verbatim = kept;
    return before;
  }

  /// Indents the lines that begin from now on, by so many blanks more; fewer if negative.
  void indent(int by) {
    indent += by;
  }

  /// Breaks the line once more.
  void newline() {
    breaks++;
    broken = true;
    standing = breaks;
  }

  /// Parts what follows from what was said by at least these line breaks.
  void part(int least) {
    if (!isEmpty()) {
      breaks = broken ? breaks + least : Math.max(breaks, least);
      broken = false;
      blank = blank == Blank.SOFT ? Blank.NONE : blank;
    }
  }

  /// A blank, unless line breaks follow.
  void blank() {
    boolean needed = blank == Blank.NONE && breaks == 0 && !said.isEmpty();
    blank = needed ? Blank.SOFT : blank;
  }

  /// Adds signs that stand nowhere in the source.
  void sign(String text, int at) {
    flush(at);
    said.append(text);
    pieces.add(text.length(), at - base, at - base);
  }

  /// Adds text of the source.
  void text(Span span) {
    int at = span.start();
    boolean words = false;
    while (at < span.end()) {
      char c = source.charAt(at);
      String escape = c == '#' ? escape(at, span.end()) : null;
      if (!verbatim && isBlank(c)) {
        indented |= breaks > 0;
        blank();
        at++;
        continue;
      }
      words = true;
      if (escape != null) {
        flush(at);
        said.append(ESCAPES.get(escape));
        pieces.add(1, at - base, at + escape.length() - base);
        at += escape.length();
      } else {
        at = run(at, span.end());
      }
    }
    blank = words && blank == Blank.SOFT ? Blank.FIRM : blank;
    indented &= words;
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
  }

  private int run(int from, int end) {
    flush(from);
    int at = from + 1;
    while (at < end && plain(source.charAt(at))) {
      at++;
    }
    said.append(source, from, at);
    pieces.copy(from - base, at - base);
    return at;
  }

  private boolean plain(char c) {
    return c != '#' && (verbatim || !isBlank(c));
  }

  private @Nullable String escape(int at, int end) {
    int close = source.indexOf(';', at, Math.min(end, at + LONGEST_ESCAPE + 1));
    String name = close < 0 ? "" : source.substring(at, close + 1);
    return ESCAPES.containsKey(name) ? name : null;
  }

  private void flush(int at) {
    String before = blank == Blank.NONE || (blank == Blank.SOFT && breaks > 0) ? "" : " ";
    String margin = breaks == 0 ? "" : " ".repeat(indent + (indented ? 1 : 0));
    String between = before + "\n".repeat(breaks) + margin;
    if (!between.isEmpty()) {
      said.append(between);
      pieces.add(between.length(), at - base, at - base);
    }
    breaks = 0;
    blank = Blank.NONE;
    indented = false;
    broken = false;
    standing = 0;
  }
}
