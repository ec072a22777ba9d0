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

  /// What comes before the next text: a blank, line breaks and signs of a list; empty at the start.
  private String pending = "";

  private boolean verbatim;

  /// @param base where the message begins in the source
  PomlWriter(String source, int base) {
    this.source = source;
    this.base = base;
  }

  boolean isEmpty() {
    return said.isEmpty();
  }

  Decoded build() {
    return pieces.build(said.toString());
  }

  /// Whether white space is kept from now on.
  void verbatim(boolean kept) {
    verbatim = kept;
  }

  /// Parts what follows from what was said by at least these line breaks.
  void part(String breaks) {
    boolean more = breaks.length() > pending.length() || pending.equals(" ");
    if (!said.isEmpty() && more) {
      pending = breaks;
    }
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
    while (at < span.end()) {
      char c = source.charAt(at);
      String escape = c == '#' ? escape(at, span.end()) : null;
      if (!verbatim && Character.isWhitespace(c)) {
        pending = pending.isEmpty() && !said.isEmpty() ? " " : pending;
        at++;
      } else if (escape != null) {
        flush(at);
        said.append(ESCAPES.get(escape));
        pieces.add(1, at - base, at + escape.length() - base);
        at += escape.length();
      } else {
        at = run(at, span.end());
      }
    }
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
    return c != '#' && (verbatim || !Character.isWhitespace(c));
  }

  private @Nullable String escape(int at, int end) {
    int close = source.indexOf(';', at, Math.min(end, at + LONGEST_ESCAPE + 1));
    String name = close < 0 ? "" : source.substring(at, close + 1);
    return ESCAPES.containsKey(name) ? name : null;
  }

  private void flush(int at) {
    if (!pending.isEmpty()) {
      said.append(pending);
      pieces.add(pending.length(), at - base, at - base);
      pending = "";
    }
  }
}
