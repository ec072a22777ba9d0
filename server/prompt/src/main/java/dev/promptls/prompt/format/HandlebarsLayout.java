package dev.promptls.prompt.format;

import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.syntax.Tag;
import dev.promptls.prompt.text.Span;
import org.jspecify.annotations.Nullable;

/// Lays out Handlebars tags: nothing between braces and words, one space between words, one behind
/// the `>` of a partial. Line breaks inside a tag stay, and so do comments and tags that are not
/// finished.
final class HandlebarsLayout implements Layout {
  private static final String SIGILS = "#^/>&";
  private static final String SIGNS = "()=|";

  @Override
  public void lay(PromptFile file, Gaps gaps) {
    for (Tag tag : file.tags()) {
      Span inside = tag.kind() == Tag.Kind.COMMENT ? null : inside(file.text(), tag.span());
      if (inside != null && isPlain(file.text(), inside)) {
        gaps.group(tag.span());
        lay(file.text(), inside, gaps);
      }
    }
  }

  @Override
  public boolean keeps(PromptFile before, PromptFile after) {
    return before.tags().size() == after.tags().size()
        && SameTemplate.of(before.template().of(before.text()), after.template().of(after.text()));
  }

  private static void lay(String text, Span inside, Gaps gaps) {
    // An opening bracket stands for all that is followed by no space, a closing one for all that is
    // preceded by none.
    boolean partial = text.charAt(inside.start() - 1) == '>';
    char before = partial ? 'a' : '(';
    boolean bars = false;
    for (int at = inside.start(); ; ) {
      int word = skipBlanks(text, at, inside.end());
      boolean last = word == inside.end();
      char after = last || (text.charAt(word) == '|' && bars) ? ')' : text.charAt(word);
      if (YamlTokens.lineEnd(text, at, word) == word && after != '=') {
        boolean tight = "(=".indexOf(before) >= 0 || after == ')';
        boolean apart = word > at || (partial && at == inside.start());
        gaps.replace(new Span(at, word), apart && !tight ? " " : "");
      }
      if (last) {
        return;
      }
      at = wordEnd(text, word, inside.end());
      before = text.charAt(at - 1);
      if (before == '|') {
        bars = !bars;
        before = bars ? '(' : 'a';
      } else if (at - word > 1) {
        before = 'a';
      }
    }
  }

  /// From behind the opening braces and the sigil to before the closing ones; null if the tag is
  /// not finished.
  private static @Nullable Span inside(String text, Span tag) {
    String close = text.startsWith("{{{", tag.start()) ? "}}}" : "}}";
    int start = tag.start() + close.length();
    int end = tag.end() - close.length();
    if (end < start || !text.startsWith(close, end)) {
      return null;
    }
    start += start < end && text.charAt(start) == '~' ? 1 : 0;
    end -= start < end && text.charAt(end - 1) == '~' ? 1 : 0;
    if (start < end && SIGILS.indexOf(text.charAt(start)) >= 0) {
      boolean block = text.charAt(start++) == '#';
      start += block && start < end && "*>".indexOf(text.charAt(start)) >= 0 ? 1 : 0;
    }
    return new Span(start, end);
  }

  /// Whether nothing is in a tag that a tag cannot hold.
  private static boolean isPlain(String text, Span inside) {
    int first = skipBlanks(text, inside.start(), inside.end());
    for (int at = first; at < inside.end(); at = wordEnd(text, at, inside.end())) {
      if ("{}~".indexOf(text.charAt(at)) >= 0) {
        return false;
      }
    }
    return first == inside.end() || (SIGILS + "!").indexOf(text.charAt(first)) < 0;
  }

  private static int skipBlanks(String text, int from, int limit) {
    int at = from;
    while (at < limit && isBlank(text.charAt(at))) {
      at++;
    }
    return at;
  }

  /// Only the usual white space: what else counts differs between readers.
  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
  }

  /// Where the word that begins at a place ends: a string, a sign, or what holds no white space
  /// outside of brackets.
  private static int wordEnd(String text, int start, int limit) {
    char c = text.charAt(start);
    if (c == '"' || c == '\'') {
      int close = text.indexOf(c, start + 1, limit);
      return close < 0 ? limit : close + 1;
    }
    int at = start;
    while (at < limit && !endsWord(text.charAt(at))) {
      if (text.charAt(at) == '[') {
        int bracket = text.indexOf(']', at, limit);
        at = bracket < 0 ? at : bracket;
      }
      at++;
    }
    return Math.max(at, start + 1);
  }

  private static boolean endsWord(char c) {
    return isBlank(c) || SIGNS.indexOf(c) >= 0 || "{}~\"'".indexOf(c) >= 0;
  }
}
