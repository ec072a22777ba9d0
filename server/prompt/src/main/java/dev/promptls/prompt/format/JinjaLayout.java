package dev.promptls.prompt.format;

import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.syntax.PromptyReader;
import dev.promptls.prompt.syntax.Tag;
import dev.promptls.prompt.text.Blanks;
import dev.promptls.prompt.text.Span;
import dev.promptls.template.jinja.Jinja;
import org.jspecify.annotations.Nullable;

/// Lays out Jinja tags: one space behind the opening and before the closing, whose marks for white
/// space stay. What stands between is left as it is, and so are comments, line breaks at either
/// end, and Mustache, in which Prompty can be written too.
final class JinjaLayout implements Layout {
  private static final int BRACES = 2;

  @Override
  public void lay(PromptFile file, Gaps gaps) {
    if (PromptyReader.isMustache(file.frontMatter())) {
      return;
    }
    String text = file.text();
    for (Tag tag : file.tags()) {
      Span inside = inside(text, tag.span());
      if (inside != null && !Blanks.isBlank(text, inside.start(), inside.end())) {
        gaps.group(tag.span());
        pad(text, inside.start(), behindBlanks(text, inside), gaps);
        pad(text, beforeBlanks(text, inside), inside.end(), gaps);
      }
    }
  }

  @Override
  public boolean keeps(PromptFile before, PromptFile after) {
    String one = before.template().of(before.text());
    String other = after.template().of(after.text());
    return one.equals(other) || Jinja.same(one, other, Jinja.Options.prompty());
  }

  private static void pad(String text, int start, int end, Gaps gaps) {
    if (YamlTokens.lineEnd(text, start, end) == end) {
      gaps.replace(new Span(start, end), " ");
    }
  }

  /// What stands between the braces and their marks; null if the tag is not finished or a comment.
  private static @Nullable Span inside(String text, Span tag) {
    boolean print = text.startsWith("{{", tag.start());
    String close = print ? "}}" : "%}";
    int end = tag.end() - BRACES;
    int start = tag.start() + BRACES;
    boolean isTag = print || text.startsWith("{%", tag.start());
    if (!isTag || end < start || !text.startsWith(close, end)) {
      return null;
    }
    start += start < end && "-+".indexOf(text.charAt(start)) >= 0 ? 1 : 0;
    end -= start < end && (print ? "-" : "-+").indexOf(text.charAt(end - 1)) >= 0 ? 1 : 0;
    return new Span(start, end);
  }

  private static int behindBlanks(String text, Span inside) {
    int at = inside.start();
    while (Blanks.isBlank(text.charAt(at))) {
      at++;
    }
    return at;
  }

  private static int beforeBlanks(String text, Span inside) {
    int at = inside.end();
    while (Blanks.isBlank(text.charAt(at - 1))) {
      at--;
    }
    return at;
  }
}
