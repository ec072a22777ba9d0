package dev.promptls.prompt.check;

import dev.promptls.prompt.syntax.Tag;
import dev.promptls.prompt.text.Span;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// The partials that a file includes.
final class Partials {
  private Partials() {}

  /// The tags that include a partial by a fixed name: `{{> name}}`, and `{{#> name}}` too.
  static List<Tag> tags(Subject subject) {
    List<Tag> found = new ArrayList<>();
    for (Tag tag : subject.tags()) {
      if (isInclusion(tag, subject.text()) && !tag.name().isEmpty()) {
        found.add(tag);
      }
    }
    return found;
  }

  /// Their names, each once.
  static Set<String> named(Subject subject) {
    Set<String> names = new LinkedHashSet<>();
    tags(subject).forEach(tag -> names.add(tag.name()));
    return names;
  }

  /// Whether a tag stands for a default where the partial is missing.
  static boolean hasDefault(Tag tag) {
    return tag.kind() == Tag.Kind.OPEN;
  }

  private static boolean isInclusion(Tag tag, String text) {
    return (tag.kind() == Tag.Kind.PARTIAL || tag.opensPartial(text)) && !isDynamic(tag, text);
  }

  /// Whether the name is computed: `{{> (lookup . 'name')}}`.
  private static boolean isDynamic(Tag tag, String text) {
    return new Span(tag.span().start(), tag.nameSpan().start()).of(text).contains("(");
  }
}
