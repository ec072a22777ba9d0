package dev.promptls.prompt.syntax;

import dev.promptls.prompt.text.Span;
import java.util.ArrayList;
import java.util.List;

/// The inside of one Jinja tag, word by word, read so that an unfinished tag has words too.
final class JinjaWords {
  private final String text;
  private final int limit;
  private final List<Word> words = new ArrayList<>();
  private int at;

  private JinjaWords(String text, int from, int limit) {
    this.text = text;
    this.at = from;
    this.limit = limit;
  }

  /// A word.
  ///
  /// @param text of strings without the quotes
  record Word(Kind kind, String text, Span span) {
    boolean is(String other) {
      return kind != Kind.STRING && text.equals(other);
    }
  }

  /// What a word is.
  enum Kind {
    NAME,
    STRING,
    NUMBER,
    SIGN
  }

  /// What was read.
  ///
  /// @param end behind the closing braces, or the end of the line for a tag without them
  record Result(List<Word> words, int end) {
    /// The word at an index; one that is nothing if there is none.
    Word at(int index) {
      boolean inside = index >= 0 && index < words.size();
      return inside ? words.get(index) : new Word(Kind.SIGN, "", Span.at(end));
    }
  }

  /// Reads from behind the opening braces to behind the closing ones.
  ///
  /// @param close `}}` or `%}`
  static Result read(String text, int from, int limit, String close) {
    JinjaWords reader = new JinjaWords(text, from, limit);
    if (reader.readAll(close)) {
      return new Result(reader.words, reader.at);
    }
    int end = TagParts.lineEnd(text, from, limit);
    return new Result(reader.words.stream().filter(w -> w.span().end() <= end).toList(), end);
  }

  private boolean readAll(String close) {
    while (at < limit) {
      char c = text.charAt(at);
      if (text.startsWith(close, at)) {
        at += close.length();
        return true;
      }
      if (text.startsWith("{{", at) || text.startsWith("{%", at)) {
        return false;
      }
      int start = at;
      if (Character.isWhitespace(c)) {
        at++;
      } else if (c == '"' || c == '\'') {
        string(c);
      } else if (c == '_' || Character.isLetter(c)) {
        word(start, Kind.NAME, false);
      } else if (Character.isDigit(c)) {
        word(start, Kind.NUMBER, true);
      } else {
        at++;
        add(Kind.SIGN, start, start, at);
      }
    }
    return false;
  }

  private void word(int start, Kind kind, boolean dots) {
    while (at < limit && isPart(text.charAt(at), dots)) {
      at++;
    }
    add(kind, start, start, at);
  }

  private static boolean isPart(char c, boolean dots) {
    return c == '_' || Character.isLetterOrDigit(c) || (dots && c == '.');
  }

  private void string(char quote) {
    int start = at++;
    while (at < limit && text.charAt(at) != quote) {
      at += text.charAt(at) == '\\' ? 2 : 1;
    }
    at = Math.min(at, limit);
    int inside = at;
    at = Math.min(at + 1, limit);
    add(Kind.STRING, start, start + 1, inside);
  }

  private void add(Kind kind, int start, int from, int to) {
    words.add(new Word(kind, text.substring(from, Math.max(from, to)), new Span(start, at)));
  }
}
