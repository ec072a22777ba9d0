package dev.promptls.prompt.syntax;

import dev.promptls.prompt.syntax.JinjaWords.Word;
import dev.promptls.prompt.text.Span;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Finds the Jinja tags of a body and the variables they read. Unlike the interpreter's parser it
/// goes on after mistakes. Linear in the length of the body.
final class JinjaTags {
  private static final int MAX_TAG_LENGTH = 10_000;

  /// Statements that an `end…` closes.
  private static final Set<String> BLOCKS =
      Set.of("if", "for", "macro", "call", "filter", "with", "raw", "block");

  private final String text;
  private final int end;
  private final List<Tag> tags = new ArrayList<>();
  private final Deque<Integer> blocks = new ArrayDeque<>();
  private final Map<String, Integer> openNames = new HashMap<>();
  private final JinjaVariables variables = new JinjaVariables();
  private boolean commentsEnd = true;
  private boolean rawBlocksEnd = true;

  private JinjaTags(String text, Span body) {
    this.text = text;
    this.end = body.end();
  }

  /// What was found, in source order.
  record Result(List<Tag> tags, List<VariableUse> variables) {}

  static Result scan(String text, Span body) {
    JinjaTags scanner = new JinjaTags(text, body);
    int at = scanner.find("{", body.start());
    while (at >= 0) {
      at = scanner.find("{", scanner.next(at));
    }
    return new Result(List.copyOf(scanner.tags), List.copyOf(scanner.variables.found()));
  }

  /// Reads what begins at a brace; gives where to go on.
  private int next(int at) {
    if (text.startsWith("{#", at)) {
      return comment(at);
    }
    boolean statement = text.startsWith("{%", at);
    if ((!statement && !text.startsWith("{{", at)) || at + 2 > end) {
      return at + 1;
    }
    int inside = at + 2;
    inside += text.startsWith("-", inside) || text.startsWith("+", inside) ? 1 : 0;
    inside = Math.min(inside, end);
    int limit = Math.min(end, inside + MAX_TAG_LENGTH);
    JinjaWords.Result words = JinjaWords.read(text, inside, limit, statement ? "%}" : "}}");
    Span span = new Span(at, words.end());
    if (statement) {
      return statement(span, words);
    }
    expression(span, words);
    return words.end();
  }

  private void expression(Span span, JinjaWords.Result words) {
    List<Tag.Argument> read = variables.read(words, 0);
    Tag.Argument first = read.isEmpty() ? null : read.getFirst();
    String name = first == null ? "" : first.text();
    Span nameSpan = first == null ? Span.at(words.at(0).span().start()) : first.span();
    tags.add(new Tag(Tag.Kind.EXPRESSION, span, name, nameSpan, List.of(), List.of(), null));
  }

  /// Reads a statement; gives where to go on.
  private int statement(Span span, JinjaWords.Result words) {
    Word keyword = words.at(0);
    String name = keyword.text();
    if (name.startsWith("end") && name.length() > 3) {
      close(
          new Tag(
              Tag.Kind.CLOSE, span, name.substring(3), keyword.span(), List.of(), List.of(), null));
      return span.end();
    }
    boolean loop = name.equals("for");
    int in = loop ? JinjaVariables.indexOf(words, "in") : 0;
    List<Tag.Argument> arguments = variables.read(words, Math.max(1, in + 1));
    boolean setBlock = name.equals("set") && JinjaVariables.indexOf(words, "=") < 0;
    if (BLOCKS.contains(name) || setBlock) {
      List<String> targets = JinjaVariables.targets(words, in);
      blocks.push(tags.size());
      openNames.merge(name, 1, Integer::sum);
      variables.open(
          name, targets, loop && !arguments.isEmpty() ? arguments.getFirst() : null, words);
      List<String> named = loop ? targets : List.of();
      tags.add(new Tag(Tag.Kind.OPEN, span, name, keyword.span(), arguments, named, null));
      return name.equals("raw") ? raw(span.end()) : span.end();
    }
    boolean otherwise = name.equals("else") || name.equals("elif");
    if (name.equals("set")) {
      variables.set(JinjaVariables.targets(words, JinjaVariables.indexOf(words, "=")));
    }
    Tag.Kind kind = otherwise ? Tag.Kind.ELSE : Tag.Kind.EXPRESSION;
    tags.add(new Tag(kind, span, name, keyword.span(), arguments, List.of(), null));
    return span.end();
  }

  /// Where the inside of a raw block ends: at the tag that closes it.
  private int raw(int from) {
    int close = rawBlocksEnd ? find("endraw", from) : -1;
    rawBlocksEnd = close >= 0;
    int tag = close < 0 ? -1 : text.lastIndexOf("{%", close);
    return Math.max(from, tag);
  }

  /// Matches a closing tag with the innermost open block of its name; those inside it stay
  /// unclosed.
  private void close(Tag close) {
    if (openNames.getOrDefault(close.name(), 0) == 0) {
      tags.add(close);
      return;
    }
    int open;
    do {
      open = blocks.pop();
      openNames.merge(tags.get(open).name(), -1, Integer::sum);
      variables.close();
    } while (!tags.get(open).name().equals(close.name()));
    tags.set(open, tags.get(open).matching(tags.size()));
    tags.add(close.matching(open));
  }

  private int comment(int at) {
    int close = commentsEnd ? find("#}", at + 2) : -1;
    commentsEnd = close >= 0;
    int stop = close < 0 ? TagParts.lineEnd(text, at, end) : close + 2;
    Span name = Span.at(Math.min(at + 2, stop));
    tags.add(new Tag(Tag.Kind.COMMENT, new Span(at, stop), "", name, List.of(), List.of(), null));
    return stop;
  }

  private int find(String what, int from) {
    return text.indexOf(what, from, Math.max(from, end));
  }
}
