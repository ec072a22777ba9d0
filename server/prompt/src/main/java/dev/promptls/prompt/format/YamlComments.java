package dev.promptls.prompt.format;

import dev.promptls.prompt.format.YamlTokens.YamlToken;
import dev.promptls.prompt.text.Span;
import java.util.ArrayList;
import java.util.List;

/// The comments of a YAML text.
public final class YamlComments {
  private YamlComments() {}

  /// Where they stand, each without its line break; none in a text that is no YAML.
  ///
  /// @param content the part of the text that is YAML
  public static List<Span> of(String text, Span content) {
    List<Span> comments = new ArrayList<>();
    List<YamlToken> tokens = YamlTokens.of(text, content);
    int gap = content.start();
    for (YamlToken token : tokens == null ? List.<YamlToken>of() : tokens) {
      if (!token.span().isEmpty()) {
        find(text, gap, token.span().start(), comments);
        gap = Math.max(gap, token.span().end());
      }
    }
    if (tokens != null) {
      find(text, gap, content.end(), comments);
    }
    return comments;
  }

  private static void find(String text, int from, int to, List<Span> comments) {
    for (int at = from; at < to; at++) {
      if (text.charAt(at) == '#') {
        int end = YamlTokens.lineEnd(text, at, to);
        comments.add(new Span(at, end));
        at = end;
      }
    }
  }
}
