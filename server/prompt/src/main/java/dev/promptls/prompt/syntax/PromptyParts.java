package dev.promptls.prompt.syntax;

import dev.promptls.prompt.text.Blanks;
import dev.promptls.prompt.text.Span;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Cuts a Prompty file in two (§2.2 of its specification): settings between two lines `---` or
/// `+++`, which may be empty or missing, and the body after the white space behind them. Unlike the
/// specification's regular expression it does not take dashes inside a line for the end.
final class PromptyParts {
  private PromptyParts() {}

  static FrontMatterReader.Result read(String text) {
    int start = text.startsWith("\uFEFF") ? 1 : 0;
    Span whole = new Span(start, text.length());
    int fence = whole.strip(text).start();
    if (!isFence(text, fence)) {
      return new FrontMatterReader.Result(null, whole, whole, List.of());
    }
    int from = lineEnd(text, fence, true);
    int close = from;
    while (close < text.length() && !isFence(text, close)) {
      close = lineEnd(text, close, true);
    }
    if (close >= text.length()) {
      Span open = new Span(fence, fence + 3);
      String message = "This front matter is not closed; end it with a line of three dashes.";
      Problem problem = YamlReader.error("front-matter-unclosed", open, message);
      return new FrontMatterReader.Result(null, whole, whole, List.of(problem));
    }
    List<Problem> problems = new ArrayList<>();
    FrontMatter settings = settings(text, fence, new Span(from, close), problems);
    Span rest = new Span(lineEnd(text, close, true), text.length());
    Span body = new Span(rest.strip(text).start(), rest.end());
    Span nonBlank = Blanks.isBlank(text, body.start(), body.end()) ? Span.at(rest.end()) : body;
    return new FrontMatterReader.Result(settings, nonBlank, nonBlank, problems);
  }

  private static FrontMatter settings(
      String text, int fence, Span content, List<Problem> problems) {
    YamlReader.Result yaml = YamlReader.read(text, content, FrontMatterReader.MAX_LENGTH);
    problems.addAll(yaml.problems());
    YamlNode.@Nullable Mapping root = null;
    if (yaml.root() instanceof YamlNode.Mapping mapping) {
      root = mapping;
    } else if (yaml.root() != null && yaml.root().value() != null) {
      String message = "The front matter must be YAML with keys, such as name: value.";
      problems.add(YamlReader.error("invalid-yaml", yaml.root().span(), message));
    }
    Span span = new Span(fence, content.end() + 3);
    return new FrontMatter(span, content, root, problems.isEmpty());
  }

  private static boolean isFence(String text, int at) {
    boolean fence = text.startsWith("---", at) || text.startsWith("+++", at);
    return fence && Blanks.isBlank(text, at + 3, lineEnd(text, at, false));
  }

  /// Where a line ends.
  ///
  /// @param withBreak whether behind its line break
  static int lineEnd(String text, int from, boolean withBreak) {
    int at = from;
    while (at < text.length() && text.charAt(at) != '\n' && text.charAt(at) != '\r') {
      at++;
    }
    if (!withBreak || at == text.length()) {
      return at;
    }
    return text.startsWith("\r\n", at) ? at + 2 : at + 1;
  }
}
