package dev.promptls.prompt.syntax;

import dev.promptls.prompt.text.Blanks;
import dev.promptls.prompt.text.Span;
import dev.promptls.prompt.text.TextEdit;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Finds the settings between two lines `---` at the head of a file and reads them.
final class FrontMatterReader {
  /// In UTF-16 units.
  static final int MAX_LENGTH = 1 << 20;

  /// A key of YAML at the start of a line.
  private static final Pattern KEY = Pattern.compile("[A-Za-z_][\\w.-]{0,100}:(?=\\s)");

  private FrontMatterReader() {}

  /// A file cut in two.
  ///
  /// @param body what follows the front matter, trimmed; all of the file if there is none
  /// @param template what the template language gets: the body, or the whole file if the reference
  ///   does not see front matter where the author meant it
  record Result(
      @Nullable FrontMatter frontMatter, Span body, Span template, List<Problem> problems) {}

  /// Cuts a dotprompt file as its reference does: blank lines and lines beginning with `#` may
  /// stand before the first fence; the second must be ended by a line break. A second fence without
  /// one is taken for the author's intention and reported.
  static Result read(String text) {
    Span whole = new Span(0, text.length());
    int fence = openingFence(text);
    int from = fence < 0 ? -1 : afterLine(text, fence);
    Span closing = from < 0 ? null : closingFence(text, from);
    if (closing == null) {
      return new Result(null, whole, whole, unclosed(text, fence, from));
    }
    Span content = new Span(from, closing.start());
    YamlReader.Result yaml = YamlReader.read(text, content, MAX_LENGTH);
    List<Problem> problems = new ArrayList<>(yaml.problems());
    boolean valid = problems.isEmpty();
    int after = afterLine(text, closing.start());
    if (after < 0) {
      String message = "The closing --- needs a line break after it to end the front matter.";
      problems.add(YamlReader.error("front-matter-unclosed", closing, message));
    }
    YamlNode.@Nullable Mapping root =
        yaml.root() instanceof YamlNode.Mapping mapping ? mapping : null;
    FrontMatter found =
        new FrontMatter(new Span(fence, closing.end()), content, root, valid && after >= 0);
    Span body = new Span(after < 0 ? text.length() : after, text.length()).strip(text);
    Span template = after < 0 ? whole : valid ? body : whole.strip(text);
    return new Result(found, body, template, problems);
  }

  /// What is told of a fence that nothing closes: keys behind it show that it is no ruled line.
  private static List<Problem> unclosed(String text, int fence, int from) {
    int at = from;
    while (at >= 0 && at < text.length() && (isBlank(text, at) || text.charAt(at) == '#')) {
      at = afterLine(text, at);
    }
    if (at < 0 || !KEY.matcher(text).region(at, text.length()).lookingAt()) {
      return List.of();
    }
    Span opening = new Span(fence, fence + 3);
    String message =
        "This front matter is not closed and is sent with the prompt; end it with a line ---.";
    return List.of(YamlReader.error("front-matter-unclosed", opening, message));
  }

  /// As [#read], for a text that an edit made of one that was read; null where the front matter has
  /// to be read again.
  static @Nullable Result reread(PromptFile before, TextEdit edit, String text) {
    Span whole = new Span(0, text.length());
    FrontMatter known = before.frontMatter();
    if (known == null) {
      return openingFence(text) < 0 ? new Result(null, whole, whole, List.of()) : null;
    }
    int fence = known.content().end();
    int after = afterLine(before.text(), fence);
    if (after < 0) {
      return null;
    }
    boolean behind = edit.span().start() >= after;
    FrontMatter now = behind ? known : follow(known, edit, before.text(), text, MAX_LENGTH);
    if (now == null) {
      return null;
    }
    Span body = new Span(afterLine(text, now.content().end()), text.length()).strip(text);
    Span template = now.valid() ? body : whole.strip(text);
    return new Result(now, body, template, before.problems());
  }

  /// Settings without mistakes after an edit inside them; null where they have to be read again.
  ///
  /// @param limit the most UTF-16 units that are read at all
  static @Nullable FrontMatter follow(
      FrontMatter known, TextEdit edit, String before, String text, int limit) {
    int growth = edit.growth();
    YamlNode.Mapping root = known.root();
    Span content = known.content();
    if (!known.valid() || root == null || content.length() + growth > limit) {
      return null;
    }
    YamlNode.Mapping now = YamlEdit.follow(root, content, edit, before, text);
    return now == null
        ? null
        : new FrontMatter(
            new Span(known.span().start(), known.span().end() + growth),
            new Span(content.start(), content.end() + growth),
            now,
            true);
  }

  private static int openingFence(String text) {
    int at = text.startsWith("\uFEFF") ? 1 : 0;
    while (at >= 0 && at < text.length()) {
      if (isFence(text, at)) {
        return at;
      }
      if (text.charAt(at) != '#' && !isBlank(text, at)) {
        return -1;
      }
      at = afterLine(text, at);
    }
    return -1;
  }

  private static @Nullable Span closingFence(String text, int from) {
    int first = from;
    while (first >= 0 && first < text.length() && isBlank(text, first)) {
      first = afterLine(text, first);
    }
    // The first line that is not blank cannot close the front matter: there is always content.
    int at = first < 0 ? -1 : afterLine(text, first);
    while (at >= 0 && at < text.length()) {
      if (isFence(text, at)) {
        return new Span(at, at + 3);
      }
      at = afterLine(text, at);
    }
    return null;
  }

  private static boolean isFence(String text, int at) {
    return text.startsWith("---", at) && isBlank(text, at + 3);
  }

  /// Whether nothing but white space is left of a line.
  private static boolean isBlank(String text, int at) {
    for (int i = at; i < text.length() && !isBreak(text.charAt(i)); i++) {
      if (!Blanks.isBlank(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  /// Where the next line begins, or -1 if this one is not ended by a line break.
  private static int afterLine(String text, int at) {
    for (int i = at; i < text.length(); i++) {
      if (isBreak(text.charAt(i))) {
        boolean pair = text.startsWith("\r\n", i);
        return pair ? i + 2 : i + 1;
      }
    }
    return -1;
  }

  private static boolean isBreak(char c) {
    return c == '\n' || c == '\r';
  }
}
