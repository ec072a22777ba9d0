package dev.promptls.lsp.feature;

import dev.promptls.lsp.convert.Places;
import dev.promptls.lsp.session.Document;
import dev.promptls.prompt.shots.Example;
import dev.promptls.prompt.syntax.FrontMatter;
import dev.promptls.prompt.syntax.MessageNode;
import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.syntax.Tag;
import dev.promptls.prompt.syntax.YamlNode;
import dev.promptls.prompt.text.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.eclipse.lsp4j.SelectionRange;
import org.eclipse.lsp4j.SelectionRangeParams;

/// `textDocument/selectionRange`: from the word under the cursor outwards, over argument, tag,
/// line, answer, example and message, or value and key, to the whole file.
public final class SelectionRangeFeature implements Feature<SelectionRangeParams> {
  @Override
  public List<SelectionRange> answer(SelectionRangeParams params, Moment moment) {
    Document document = moment.snapshot().document(params.getTextDocument());
    if (document == null) {
      return List.of();
    }
    Places places = moment.snapshot().places(document);
    return params.getPositions().stream()
        .map(position -> chain(around(document, places.offset(position)), places))
        .toList();
  }

  /// The widest is the parent of all others.
  private static SelectionRange chain(List<Span> spans, Places places) {
    SelectionRange inner = null;
    for (Span span : spans) {
      inner = new SelectionRange(places.range(span), inner);
    }
    return inner == null ? new SelectionRange() : inner;
  }

  /// What is around an offset, each inside the one before it.
  private static List<Span> around(Document document, int offset) {
    PromptFile file = document.file();
    String text = document.text();
    List<Span> found = new ArrayList<>();
    found.add(new Span(0, text.length()));
    FrontMatter front = file.frontMatter();
    if (front != null && front.span().touches(offset)) {
      found.add(front.span());
      found.add(front.content());
      if (front.root() != null) {
        values(front.root(), offset, found);
      }
    } else {
      found.add(file.body());
    }
    MessageNode message = file.messageAt(offset);
    if (message != null) {
      found.add(message.span());
      found.add(message.content());
      found.add(message.content().strip(text));
    }
    document.exampleAt(offset).ifPresent(example -> parts(example, found));
    for (Tag tag : file.tags()) {
      if (tag.span().touches(offset)) {
        found.add(tag.span());
        tag.arguments().forEach(argument -> found.add(argument.span()));
        found.add(tag.nameSpan());
      }
    }
    found.add(document.lines().lineSpan(document.lines().line(offset)).strip(text));
    found.add(word(text, offset));
    return nested(found, offset);
  }

  private static void parts(Example example, List<Span> found) {
    found.add(example.range());
    found.add(example.outputRange());
  }

  private static void values(YamlNode node, int offset, List<Span> found) {
    if (!node.span().touches(offset)) {
      return;
    }
    found.add(node.span());
    switch (node) {
      case YamlNode.Mapping mapping -> {
        for (YamlNode.Entry entry : mapping.entries()) {
          if (entry.span().touches(offset)) {
            found.add(entry.span());
            found.add(entry.key().span());
            values(entry.value(), offset, found);
          }
        }
      }
      case YamlNode.Sequence list -> list.items().forEach(item -> values(item, offset, found));
      case YamlNode.Scalar _ -> {}
    }
  }

  private static Span word(String text, int offset) {
    int start = offset;
    while (start > 0 && Character.isLetterOrDigit(text.charAt(start - 1))) {
      start--;
    }
    int end = offset;
    while (end < text.length() && Character.isLetterOrDigit(text.charAt(end))) {
      end++;
    }
    return new Span(start, end);
  }

  /// Those that hold the offset, from the widest, without any that only overlaps the one before it.
  private static List<Span> nested(List<Span> found, int offset) {
    found.removeIf(span -> !span.touches(offset));
    found.sort(Comparator.comparingInt(Span::length).reversed());
    List<Span> nested = new ArrayList<>();
    for (Span span : found) {
      Span outer = nested.isEmpty() ? null : nested.getLast();
      if (outer == null || (outer.contains(span) && !outer.equals(span))) {
        nested.add(span);
      }
    }
    return nested;
  }
}
