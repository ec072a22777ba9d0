package dev.promptls.template.jinja;

import dev.promptls.template.Range;
import dev.promptls.template.jinja.Token.Kind;
import dev.promptls.template.python.CodePoints;
import dev.promptls.template.python.Dialect;
import dev.promptls.template.python.Escapes;
import dev.promptls.template.run.Failure;
import dev.promptls.template.run.Meter;
import dev.promptls.template.run.Numbers;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Cuts a template into tokens, applying the trimming that its marks and options ask for. Rules as
/// in Jinja2's lexer.
final class Lexer {
  private static final Pattern FLOAT =
      Pattern.compile(
          "(\\d+_)*+\\d++((\\.(\\d+_)*+\\d++)?+[eE][+-]?(\\d+_)*+\\d++|\\.(\\d+_)*+\\d++)");
  private static final Pattern INTEGER =
      Pattern.compile(
          "0[bB](_?[01])++|0[oO](_?[0-7])++|0[xX](_?[0-9a-fA-F])++|[1-9](_?\\d)*+|0(_?0)*+");
  private static final List<String> OPERATORS =
      List.of(
          "//", "**", "==", "!=", ">=", "<=", "+", "-", "/", "*", "%", "~", "[", "]", "(", ")", "{",
          "}", ">", "<", "=", ".", ":", "|", ",", ";");
  private static final Pattern RAW =
      Pattern.compile("\\{%[-+]?\\s*raw\\s*(-?)%\\}", Pattern.UNICODE_CHARACTER_CLASS);
  private static final Pattern END_RAW =
      Pattern.compile("\\{%([-+]?)\\s*endraw\\s*([-+]?)%\\}", Pattern.UNICODE_CHARACTER_CLASS);

  /// Digits of the longest number literal.
  private static final int NUMBER_LENGTH = 400;

  private final String source;
  private final int end;
  private final Jinja.Options options;
  private final Meter meter;

  /// Tokens that have been read and not been asked for.
  private final Deque<Token> tokens = new ArrayDeque<>();

  private int at;
  private boolean lineStarting = true;
  private @Nullable Tag tag;

  /// The tag or print that is being read.
  ///
  /// @param brackets that are to be closed
  private record Tag(boolean print, int start, Deque<Character> brackets) {}

  Lexer(String source, Jinja.Options options, Meter meter) {
    this.source = source;
    this.options = options;
    this.meter = meter;
    this.end = options.keepTrailingNewline() ? source.length() : withoutLastBreak(source);
  }

  private static int withoutLastBreak(String source) {
    int end = source.length();
    if (source.endsWith("\r\n")) {
      return end - 2;
    }
    return source.endsWith("\n") || source.endsWith("\r") ? end - 1 : end;
  }

  /// The next token, read when it is asked for, so that a template costs no more than what its
  /// parser gets to see of it. Behind the last stands the end, again and again.
  Token next() {
    meter.token(at);
    while (tokens.isEmpty()) {
      read();
    }
    return tokens.remove();
  }

  /// Reads on by a token or more.
  private void read() {
    if (tag != null) {
      inside(tag);
      return;
    }
    int open = nextOpening();
    if (at >= end || open < 0) {
      text(at, end);
      at = end;
      tokens.add(new Token(Kind.END, "", new Range(end, end)));
      return;
    }
    char kind = source.charAt(open + 1);
    char sign = open + 2 < end ? source.charAt(open + 2) : ' ';
    text(at, textEnd(open, kind, sign));
    Matcher raw = kind == '%' && startsRaw(open) ? RAW.matcher(source).region(open, end) : null;
    if (raw != null && raw.lookingAt()) {
      raw(raw);
    } else if (kind == '#') {
      comment(open);
    } else {
      boolean marked = sign == '-' || sign == '+';
      at = open + (marked ? 3 : 2);
      boolean print = kind == '{';
      add(print ? Kind.PRINT_BEGIN : Kind.TAG_BEGIN, open, at);
      tag = new Tag(print, open, new ArrayDeque<>());
    }
  }

  /// Whether a tag may be `raw`: a cheap look before the pattern's.
  private boolean startsRaw(int open) {
    int at = open + 2;
    while (at < end
        && (CodePoints.isSpace(source.charAt(at)) || "+-".indexOf(source.charAt(at)) >= 0)) {
      at++;
    }
    return source.startsWith("raw", at);
  }

  private int nextOpening() {
    for (int i = source.indexOf('{', at); i >= 0 && i + 1 < end; i = source.indexOf('{', i + 1)) {
      char next = source.charAt(i + 1);
      if (next == '{' || next == '%' || next == '#') {
        return i;
      }
    }
    return -1;
  }

  /// Where the text before an opening at `open` ends, once trimmed.
  private int textEnd(int open, char kind, char sign) {
    if (sign == '-') {
      int stop = open;
      while (stop > at && CodePoints.isSpace(source.charAt(stop - 1))) {
        stop--;
      }
      return stop;
    }
    if (sign == '+' || kind == '{' || !options.lstripBlocks()) {
      return open;
    }
    int line = open;
    while (line > at
        && CodePoints.isSpace(source.charAt(line - 1))
        && !isBreak(source.charAt(line - 1))) {
      line--;
    }
    boolean startsLine = line > at ? isBreak(source.charAt(line - 1)) : lineStarting;
    return startsLine ? line : open;
  }

  private void text(int from, int to) {
    if (to > from) {
      String value = source.substring(from, to);
      if (options.dialect() != Dialect.PROMPTY && value.indexOf('\r') >= 0) {
        value = value.replace("\r\n", "\n").replace('\r', '\n');
      }
      tokens.add(new Token(Kind.TEXT, value, new Range(from, to)));
    }
  }

  private void comment(int open) {
    int close = source.indexOf("#}", open + 2);
    if (close < 0 || close + 2 > end) {
      throw new Failure("This comment is not closed; add '#}'.", new Range(open, open + 2));
    }
    char mark = close > open + 2 ? source.charAt(close - 1) : ' ';
    afterClosing(close + 2, mark, true);
  }

  private void raw(Matcher raw) {
    at = raw.end();
    if (!raw.group(1).isEmpty()) {
      skipSpace();
    }
    Matcher close = END_RAW.matcher(source).region(at, end);
    if (!close.find()) {
      throw new Failure(
          "This raw block is not closed; add '{% endraw %}'.", new Range(raw.start(), raw.end()));
    }
    char sign = close.group(1).isEmpty() ? ' ' : close.group(1).charAt(0);
    lineStarting = isBreak(source.charAt(at - 1));
    text(at, textEnd(close.start(), '%', sign));
    afterClosing(close.end(), close.group(2).isEmpty() ? ' ' : close.group(2).charAt(0), true);
  }

  /// Goes behind a closing that ended at `position`, with the space its mark takes along.
  private void afterClosing(int position, char mark, boolean block) {
    at = position;
    if (mark == '-') {
      skipSpace();
    } else if (block && mark != '+' && options.trimBlocks()) {
      if (source.startsWith("\r\n", at)) {
        at += 2;
      } else if (at < end && isBreak(source.charAt(at))) {
        at++;
      }
    }
    at = Math.min(at, end);
    lineStarting = at > 0 && isBreak(source.charAt(at - 1));
  }

  private void skipSpace() {
    while (at < end && CodePoints.isSpace(source.charAt(at))) {
      at++;
    }
  }

  /// The next token of a tag or a print, or its end.
  private void inside(Tag open) {
    skipSpace();
    String close = open.print() ? "}}" : "%}";
    if (at >= end) {
      throw new Failure(
          "This is not closed; add '" + close + "'.",
          new Range(open.start(), Math.min(open.start() + 2, end)));
    }
    char c = source.charAt(at);
    boolean marked = (c == '-' || (c == '+' && !open.print())) && source.startsWith(close, at + 1);
    if (open.brackets().isEmpty() && (marked || source.startsWith(close, at))) {
      int closed = at + (marked ? 3 : 2);
      add(open.print() ? Kind.PRINT_END : Kind.TAG_END, at, closed);
      afterClosing(closed, marked ? c : ' ', !open.print());
      tag = null;
    } else {
      token(c, open.brackets());
    }
  }

  private void token(char c, Deque<Character> brackets) {
    if (c >= '0' && c <= '9') {
      number();
    } else if (c == '\'' || c == '"') {
      string(c);
    } else if (c == '_' || Character.isUnicodeIdentifierStart(source.codePointAt(at))) {
      int start = at;
      while (at < end && isNamePart(source.codePointAt(at))) {
        at += Character.charCount(source.codePointAt(at));
      }
      add(Kind.NAME, start, at);
    } else {
      operator(c, brackets);
    }
  }

  private static boolean isNamePart(int c) {
    return c == '_'
        || (Character.isUnicodeIdentifierPart(c) && !Character.isIdentifierIgnorable(c));
  }

  private void number() {
    int start = at;
    // A longer region would let the patterns recurse as deep as the number is long.
    int limit = Math.min(end, at + NUMBER_LENGTH + 1);
    Matcher decimal = FLOAT.matcher(source).region(at, limit);
    Matcher whole = INTEGER.matcher(source).region(at, limit);
    boolean afterDot = at > 0 && source.charAt(at - 1) == '.';
    boolean isFloat = !afterDot && decimal.lookingAt();
    if (!isFloat && !whole.lookingAt()) {
      throw new Failure("This is not a number.", new Range(at, at + 1));
    }
    at = isFloat ? decimal.end() : whole.end();
    Range range = new Range(start, at);
    if (range.length() > NUMBER_LENGTH) {
      throw new Failure("This number has too many digits.", range);
    }
    String digits = source.substring(start, at).replace("_", "");
    Object value = isFloat ? (Object) Double.valueOf(digits) : integer(digits);
    tokens.add(new Token(Kind.NUMBER, value, range));
  }

  private static Object integer(String digits) {
    int radix =
        digits.length() < 2
            ? 10
            : switch (digits.charAt(1)) {
              case 'b', 'B' -> 2;
              case 'o', 'O' -> 8;
              case 'x', 'X' -> 16;
              default -> 10;
            };
    return Numbers.integer(new BigInteger(radix == 10 ? digits : digits.substring(2), radix));
  }

  private void string(char quote) {
    int start = at;
    for (at++; at < end; at++) {
      char c = source.charAt(at);
      if (c == '\\') {
        at++;
      } else if (c == quote) {
        at++;
        Range range = new Range(start, at);
        String inner = source.substring(start + 1, at - 1);
        if (inner.indexOf('\r') >= 0) {
          inner = inner.replace("\r\n", "\n").replace('\r', '\n');
        }
        tokens.add(new Token(Kind.STRING, Escapes.decode(inner, range), range));
        return;
      }
    }
    throw new Failure("This string is not closed; add " + quote + ".", new Range(start, start + 1));
  }

  private void operator(char c, Deque<Character> brackets) {
    for (String operator : OPERATORS) {
      if (!source.startsWith(operator, at)) {
        continue;
      }
      Range range = new Range(at, at + operator.length());
      switch (c) {
        case '(' -> brackets.push(')');
        case '[' -> brackets.push(']');
        case '{' -> brackets.push('}');
        case ')', ']', '}' -> close(c, brackets, range);
        default -> {}
      }
      at = range.end();
      tokens.add(new Token(Kind.OPERATOR, operator, range));
      return;
    }
    throw new Failure(
        "'" + Character.toString(source.codePointAt(at)) + "' has no meaning here; remove it.",
        new Range(at, at + Character.charCount(source.codePointAt(at))));
  }

  private static void close(char c, Deque<Character> brackets, Range range) {
    Character expected = brackets.poll();
    if (expected == null) {
      throw new Failure("'" + c + "' closes nothing; remove it.", range);
    }
    if (expected != c) {
      throw new Failure("'" + c + "' stands where '" + expected + "' is expected.", range);
    }
  }

  private void add(Kind kind, int from, int to) {
    tokens.add(new Token(kind, source.substring(from, to), new Range(from, to)));
  }

  private static boolean isBreak(char c) {
    return c == '\n' || c == '\r';
  }
}
