package dev.promptls.prompt.format;

import dev.promptls.prompt.format.YamlTokens.YamlToken;
import dev.promptls.prompt.text.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.snakeyaml.engine.v2.tokens.Token;

/// Lays out YAML by the defaults of yamllint: two spaces a level, one after a colon, dash or comma,
/// none inside brackets and braces, one empty line at most, none at the borders. A list may stand
/// below its key or further right, as the author likes. Quotes, scalars and comments stay as they
/// are; only their indentation follows that of their level.
final class YamlLayout {
  private final String text;
  private final Span content;
  private final Gaps gaps;
  private final YamlLevels levels = new YamlLevels();
  private final List<Token.ID> between = new ArrayList<>();
  private YamlToken before;

  /// Where the next token would stand in the new text.
  private int column;

  private YamlLayout(Span content, Gaps gaps) {
    this.text = gaps.text();
    this.content = content;
    this.gaps = gaps;
    this.before = new YamlToken(Token.ID.StreamStart, Span.at(content.start()), null);
  }

  /// Lays out a stretch of YAML that begins with a line.
  static void lay(Span content, Gaps gaps) {
    List<YamlToken> tokens = YamlTokens.of(gaps.text(), content);
    if (tokens == null || tokens.stream().anyMatch(YamlLayout::isQuestionMark)) {
      return;
    }
    gaps.group(content);
    YamlLayout layout = new YamlLayout(content, gaps);
    for (YamlToken token : tokens) {
      if (token.span().isEmpty()) {
        layout.between.add(token.kind());
      } else {
        layout.visible(token);
      }
    }
    layout.end();
  }

  /// Keys that are written `? key` may hold anything; who writes them knows why.
  private static boolean isQuestionMark(YamlToken token) {
    return token.is(Token.ID.Key) && !token.span().isEmpty();
  }

  private void visible(YamlToken token) {
    int from = before.span().end();
    int to = token.span().start();
    String gap = text.substring(from, to);
    boolean newLine = atLineStart() || hasBreak(gap);
    IntUnaryOperator columns =
        newLine && gap.indexOf('#') >= 0 ? levels.columns() : IntUnaryOperator.identity();
    boolean opens = structure();
    int was = newLine || opens ? to - lineStart(to) : 0;
    boolean key = isKey();
    if (key && !opens && levels.atMargin()) {
      gaps.split(to);
    }
    if (newLine) {
      int goes = opens ? levels.inner() : lineColumn(token, key, was);
      column = goes;
      YamlGap lines = new YamlGap(gap, atLineStart(), before.is(Token.ID.StreamStart));
      gaps.replace(
          new Span(from, to),
          lines.before(goes, gaps.lineBreak(), c -> c == was ? goes : columns.applyAsInt(c)));
    } else {
      String spaces = YamlSpaces.between(before, token, gap);
      column += spaces.length();
      gaps.replace(new Span(from, to), spaces);
    }
    if (opens) {
      levels.begin(!token.is(Token.ID.BlockEntry), was, column);
    } else if (newLine && token.is(Token.ID.BlockEntry)) {
      levels.dash(was);
    }
    levels.flow(token.kind());
    shiftLines(token);
    column += token.span().length();
    before = token;
    between.clear();
  }

  /// Takes what ended and began since the last token; gives whether a collection begins here.
  private boolean structure() {
    boolean opens = false;
    for (Token.ID event : between) {
      switch (event) {
        case BlockEnd -> levels.end();
        case BlockMappingStart, BlockSequenceStart -> opens = true;
        default -> {}
      }
    }
    return opens;
  }

  private boolean isKey() {
    boolean key = between.contains(Token.ID.Key);
    if (key && !levels.inFlow() && !between.contains(Token.ID.BlockMappingStart)) {
      levels.leaveDashes();
    }
    return key;
  }

  private int lineColumn(YamlToken token, boolean key, int was) {
    if (levels.inFlow()) {
      return Math.max(0, was + levels.shift());
    }
    return switch (token.kind()) {
      case BlockEntry, Value -> levels.column();
      case DocumentStart, DocumentEnd, Directive -> 0;
      default -> key ? levels.column() : levels.inner();
    };
  }

  /// Moves the lines of a scalar, but the first, with the level it belongs to.
  private void shiftLines(YamlToken token) {
    int by = levels.shift();
    if (by == 0 || !token.is(Token.ID.Scalar)) {
      return;
    }
    int end = token.span().end();
    int at = nextLine(token.span().start(), end);
    while (at < end) {
      int stop = YamlTokens.lineEnd(text, at, end);
      int first = at;
      while (first < stop && text.charAt(first) == ' ') {
        first++;
      }
      // White space alone is content of a block if it is long enough, and else does no harm.
      if (first < stop || (token.isBlock() && first > at)) {
        gaps.replace(new Span(at, first), " ".repeat(Math.max(0, first - at + by)));
      }
      at = nextLine(stop, end);
    }
  }

  private int nextLine(int from, int limit) {
    int stop = YamlTokens.lineEnd(text, from, limit);
    return stop + (text.startsWith("\r\n", stop) ? 2 : 1);
  }

  private void end() {
    int start = before.span().end();
    String gap = text.substring(start, content.end());
    if (before.isBlock() && (atLineStart() || !hasBreak(gap))) {
      // Line breaks at the end of this scalar are its content.
      return;
    }
    YamlGap lines = new YamlGap(gap, atLineStart(), before.is(Token.ID.StreamStart));
    String laid = lines.atEnd(gaps.lineBreak(), levels.columns());
    gaps.replace(
        new Span(start, content.end()),
        laid.isEmpty() && start > content.start() ? gaps.lineBreak() : laid);
  }

  private boolean atLineStart() {
    int at = before.span().end();
    return at == content.start() || text.charAt(at - 1) == '\n' || text.charAt(at - 1) == '\r';
  }

  private int lineStart(int offset) {
    int at = offset;
    while (at > content.start() && text.charAt(at - 1) != '\n' && text.charAt(at - 1) != '\r') {
      at--;
    }
    return at;
  }

  private static boolean hasBreak(String gap) {
    return gap.indexOf('\n') >= 0 || gap.indexOf('\r') >= 0;
  }
}
