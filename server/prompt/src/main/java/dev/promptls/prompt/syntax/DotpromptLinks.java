package dev.promptls.prompt.syntax;

import dev.promptls.prompt.text.Span;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What dotprompt front matter names outside the file: its test rows, and the rows that are its
/// examples.
final class DotpromptLinks {
  private DotpromptLinks() {}

  static List<Link> in(@Nullable FrontMatter frontMatter) {
    List<Link> links = new ArrayList<>();
    for (String key : List.of("promptls.tests", "promptls.examples")) {
      YamlNode rows = frontMatter == null ? null : frontMatter.at(key);
      switch (rows) {
        case YamlNode.Scalar one -> add(links, one);
        case YamlNode.Sequence many ->
            many.items().stream()
                .filter(YamlNode.Scalar.class::isInstance)
                .forEach(item -> add(links, (YamlNode.Scalar) item));
        case null, default -> {}
      }
    }
    return links;
  }

  private static void add(List<Link> links, YamlNode.Scalar path) {
    String target = path.string();
    if (target != null && !target.isBlank()) {
      Span span = path.span();
      boolean exact = span.length() == target.length();
      boolean quoted = span.length() == target.length() + 2;
      if (exact || quoted) {
        int quote = quoted ? 1 : 0;
        links.add(
            new Link(Link.Kind.DATA, target, new Span(span.start() + quote, span.end() - quote)));
      }
    }
  }
}
