package dev.promptls.prompt.syntax;

import dev.promptls.prompt.text.Span;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Finds the Handlebars tags of a body. Unlike the interpreter's parser it goes on after mistakes,
/// and tells where each argument stands. Linear in the length of the body.
final class TagScanner {
  private static final int MAX_TAG_LENGTH = 10_000;

  private final String text;
  private final int end;
  private final List<Tag> tags = new ArrayList<>();
  private final Deque<Integer> blocks = new ArrayDeque<>();
  private final Map<String, Integer> openNames = new HashMap<>();
  private boolean longCommentsEnd = true;
  private boolean rawBlocksEnd = true;

  private TagScanner(String text, Span body) {
    this.text = text;
    this.end = body.end();
  }

  /// The tags of a stretch of a file in source order.
  static List<Tag> scan(String text, Span body) {
    TagScanner scanner = new TagScanner(text, body);
    int at = scanner.find("{{", body.start());
    while (at >= 0) {
      at = scanner.find("{{", scanner.next(at, body.start()));
    }
    return List.copyOf(scanner.tags);
  }

  /// Reads what begins at an opening brace pair; gives where to go on.
  private int next(int at, int bodyStart) {
    boolean escaped = at > bodyStart && text.charAt(at - 1) == '\\';
    if (escaped && !(at - 1 > bodyStart && text.charAt(at - 2) == '\\')) {
      return at + 2;
    }
    if (text.startsWith("{{{{", at)) {
      return rawBlock(at);
    }
    int inside = at + 2;
    boolean triple = text.startsWith("{", inside);
    inside += triple ? 1 : 0;
    inside += text.startsWith("~", inside) ? 1 : 0;
    if (text.startsWith("!", inside)) {
      return comment(at, inside);
    }
    TagParts parts = TagParts.read(text, inside, Math.min(end, inside + MAX_TAG_LENGTH), triple);
    if (parts.kind() == Tag.Kind.CLOSE) {
      addClose(parts.tag(at, null));
    } else {
      if (parts.kind() == Tag.Kind.OPEN) {
        blocks.push(tags.size());
        openNames.merge(parts.name(), 1, Integer::sum);
      }
      tags.add(parts.tag(at, null));
    }
    return parts.end();
  }

  /// Matches a closing tag with the innermost open block of its name; those inside it stay
  /// unclosed.
  private void addClose(Tag close) {
    if (openNames.getOrDefault(close.name(), 0) == 0) {
      tags.add(close);
      return;
    }
    int open;
    do {
      open = blocks.pop();
      openNames.merge(tags.get(open).name(), -1, Integer::sum);
    } while (!tags.get(open).name().equals(close.name()));
    tags.set(open, tags.get(open).matching(tags.size()));
    tags.add(close.matching(open));
  }

  private int rawBlock(int at) {
    int head = rawBlocksEnd ? find("}}}}", at) : -1;
    int close = head < 0 ? -1 : find("{{{{/", head);
    int tail = close < 0 ? -1 : find("}}}}", close);
    rawBlocksEnd = tail >= 0;
    return tail < 0 ? at + 4 : tail + 4;
  }

  private int comment(int at, int inside) {
    boolean dashes = text.startsWith("!--", inside);
    int close = -1;
    if (dashes && longCommentsEnd) {
      int dash = find("--}}", inside + 3);
      int tilde = dash < 0 ? find("--~}}", inside + 3) : -1;
      longCommentsEnd = dash >= 0 || tilde >= 0;
      close = dash >= 0 ? dash + 4 : tilde >= 0 ? tilde + 5 : -1;
    } else if (!dashes) {
      int braces = find("}}", inside);
      close = braces < 0 ? -1 : braces + 2;
    }
    int stop = close < 0 ? TagParts.lineEnd(text, inside, end) : close;
    Span name = Span.at(inside);
    tags.add(new Tag(Tag.Kind.COMMENT, new Span(at, stop), "", name, List.of(), List.of(), null));
    return stop;
  }

  private int find(String what, int from) {
    return text.indexOf(what, from, Math.max(from, end));
  }
}
