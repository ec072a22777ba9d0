package dev.promptls.prompt.shots;

import dev.promptls.prompt.syntax.Tag;
import dev.promptls.prompt.syntax.VariableUse;
import dev.promptls.prompt.syntax.YamlNode;
import dev.promptls.prompt.text.Span;
import dev.promptls.prompt.text.TextEdit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A loop written out: its body once for each item, the list gone.
final class Unrolled {
  private Unrolled() {}

  /// Ways to write it, the most readable first.
  static List<String> texts(LoopLayout loop) throws UnwritableException {
    String text = loop.file().text();
    Span body = loop.body().span();
    int start = text.lastIndexOf("{{", body.start() - 1);
    int end = text.indexOf("}}", body.end()) + 2;
    int before = start;
    while (before > loop.file().body().start() && Character.isWhitespace(text.charAt(before - 1))) {
      before--;
    }
    int lineStart = loop.file().lines().lineStart(loop.file().lines().line(start));
    int after = end;
    while (after < text.length() && text.charAt(after) != '\n' && text.charAt(after) <= ' ') {
      after++;
    }
    after = Math.min(text.length(), after + 1);
    String exact = items(loop, body);
    String inner = items(loop, stripped(text, body, false));
    String bare = items(loop, stripped(text, body, true));
    List<String> texts = new ArrayList<>();
    for (Span place :
        List.of(
            new Span(lineStart, Math.max(end, after)),
            new Span(start, end),
            new Span(before, end),
            new Span(before, Math.max(end, after)))) {
      for (String items : List.of(inner, exact, bare)) {
        texts.add(without(loop, new TextEdit(place, items)));
      }
      texts.add(without(loop, new TextEdit(place, bare + "\n")));
    }
    return texts;
  }

  /// The body without its first line break, or without white space at its borders.
  private static Span stripped(String text, Span body, boolean all) {
    int start = body.start();
    if (all) {
      int end = body.end();
      while (end > start && Character.isWhitespace(text.charAt(end - 1))) {
        end--;
      }
      while (start < end && Character.isWhitespace(text.charAt(start))) {
        start++;
      }
      return new Span(start, end);
    }
    if (text.startsWith("\r\n", start)) {
      start += 2;
    } else if (text.startsWith("\n", start)) {
      start++;
    }
    return new Span(Math.min(start, body.end()), body.end());
  }

  private static String without(LoopLayout loop, TextEdit unrolled) {
    SettingsText settings = new SettingsText(loop.file());
    List<@Nullable TextEdit> edits = new ArrayList<>();
    edits.add(unrolled);
    edits.add(settings.without(loop.body().list(loop.file())));
    edits.add(declaration(loop, settings));
    return SettingsText.apply(loop.file().text(), edits);
  }

  /// The list's place in a schema, which nothing would fill any more.
  private static @Nullable TextEdit declaration(LoopLayout loop, SettingsText settings) {
    if (loop.file().at("input", "schema") instanceof YamlNode.Mapping schema
        && schema.entries().size() > 1) {
      for (YamlNode.Entry entry : schema.entries()) {
        String key = entry.key().text();
        if (key.matches("\\Q" + loop.body().list() + "\\E\\??(\\(.*)?")) {
          return settings.without("input", "schema", key);
        }
      }
    }
    return null;
  }

  private static String items(LoopLayout loop, Span body) throws UnwritableException {
    String text = loop.file().text();
    StringBuilder items = new StringBuilder();
    for (YamlNode.Mapping item : loop.mappings()) {
      int from = body.start();
      for (Tag tag : loop.file().tags()) {
        String field = body.contains(tag.span()) ? field(loop, tag) : null;
        if (field != null) {
          String value = loop.body().print(field, item);
          Conversion.refuseTags(List.of(value));
          items.append(text, from, tag.span().start()).append(value);
          from = tag.span().end();
        }
      }
      items.append(text, from, body.end());
    }
    return items.toString();
  }

  /// The field that a tag prints; null if it prints none.
  private static @Nullable String field(LoopLayout loop, Tag tag) throws UnwritableException {
    if (tag.kind() != Tag.Kind.EXPRESSION || tag.name().equals("role")) {
      if (tag.kind() == Tag.Kind.OPEN || tag.kind() == Tag.Kind.ELSE) {
        throw new UnwritableException(
            "The loop holds a block of its own, so its examples cannot be written out.");
      }
      return null;
    }
    for (VariableUse use : loop.file().variables()) {
      if (tag.span().contains(use.span()) && loop.body().fields().contains(use.name())) {
        return use.name();
      }
    }
    throw new UnwritableException(
        "The loop calls " + tag.name() + ", so its examples cannot be written out.");
  }
}
