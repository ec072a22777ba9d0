package dev.promptls.prompt.syntax;

import dev.promptls.prompt.text.ShiftedList;
import dev.promptls.prompt.text.Span;
import dev.promptls.template.Words;
import java.util.ArrayList;
import java.util.List;

/// Finds the Handlebars tags of a body. Unlike the interpreter's parser it goes on after mistakes,
/// and tells where each argument stands. Linear in the length of the body.
final class TagScanner {
  /// How far behind its start the reading of a tag may look; only comments and raw blocks look
  /// further.
  static final int REACH = 10_000;

  private final String text;
  private final Span body;
  private final Words words;
  private final List<Tag> tags = new ArrayList<>();
  private boolean commentsEnd = true;
  private boolean longCommentsEnd = true;
  private boolean rawBlocksEnd = true;

  /// Whether something was met that may mean something else after any edit behind it.
  private boolean farSighted;

  TagScanner(String text, Span body) {
    this.text = text;
    this.body = body;
    this.words = new Words(text);
  }

  /// The tags of a stretch of a file in source order. They can follow edits unless there is
  /// something among them that [looks to the end][#isFarSighted].
  static List<Tag> scan(String text, Span body) {
    TagScanner scanner = new TagScanner(text, body);
    int at = scanner.find("{{", body.start());
    while (at >= 0) {
      at = scanner.find("{{", scanner.next(at));
    }
    List<Tag> matched = BlockMatcher.match(ShiftedList.of(scanner.tags));
    return scanner.farSighted ? List.copyOf(matched) : matched;
  }

  /// Where the next two braces open; -1 if none do.
  int find(int from) {
    return find("{{", from);
  }

  /// What was read so far, blocks not yet matched.
  List<Tag> tags() {
    return tags;
  }

  /// Whether there is a raw block, or a comment whose end depends on all the text behind it.
  boolean isFarSighted() {
    return farSighted;
  }

  /// Reads what begins at an opening brace pair; gives where to go on.
  int next(int at) {
    boolean escaped = at > body.start() && text.charAt(at - 1) == '\\';
    if (escaped && !(at - 1 > body.start() && text.charAt(at - 2) == '\\')) {
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
    TagParts parts =
        TagParts.read(text, words, inside, Math.min(body.end(), inside + REACH), triple);
    tags.add(parts.tag(at));
    return parts.end();
  }

  private int rawBlock(int at) {
    farSighted = true;
    int head = rawBlocksEnd ? find("}}}}", at) : -1;
    int close = head < 0 ? -1 : find("{{{{/", head);
    int tail = close < 0 ? -1 : find("}}}}", close);
    rawBlocksEnd = tail >= 0;
    return tail < 0 ? at + 4 : tail + 4;
  }

  private int comment(int at, int inside) {
    int close = text.startsWith("!--", inside) ? longCommentEnd(inside + 3) : commentEnd(inside);
    farSighted |= close < 0;
    int stop = close < 0 ? TagParts.lineEnd(text, inside, body.end()) : close;
    Span name = Span.at(inside);
    tags.add(new Tag(Tag.Kind.COMMENT, new Span(at, stop), "", name, List.of(), List.of(), null));
    return stop;
  }

  /// Behind the first `--}}` or `--~}}`; -1 if there is none.
  private int longCommentEnd(int from) {
    if (!longCommentsEnd) {
      return -1;
    }
    for (int dashes = find("--", from); dashes >= 0; dashes = find("--", dashes + 1)) {
      int braces = dashes + (text.startsWith("~", dashes + 2) ? 3 : 2);
      if (text.startsWith("}}", braces) && braces + 2 <= body.end()) {
        return braces + 2;
      }
    }
    longCommentsEnd = false;
    return -1;
  }

  private int commentEnd(int from) {
    int braces = commentsEnd ? find("}}", from) : -1;
    commentsEnd = braces >= 0;
    return braces < 0 ? -1 : braces + 2;
  }

  private int find(String what, int from) {
    return text.indexOf(what, from, Math.max(from, body.end()));
  }
}
