package dev.promptls.template.handlebars;

import dev.promptls.template.handlebars.HandlebarsNode.Block;
import dev.promptls.template.handlebars.HandlebarsNode.Content;
import dev.promptls.template.handlebars.HandlebarsNode.Program;
import dev.promptls.template.handlebars.HandlebarsNode.Strip;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Strips white space where `~` asks for it and where a tag stands alone on its line, with the
/// rules (and the exceptions) of Handlebars.js.
final class Whitespace {
  /// What a node asks of the text around it.
  ///
  /// @param openAlone whether its first tag could be alone on its line, seen from inside
  /// @param closeAlone the same of its last tag
  /// @param inline whether it is one tag that could be alone on its line
  private record Wish(
      boolean open, boolean close, boolean openAlone, boolean closeAlone, boolean inline) {}

  private Whitespace() {}

  /// Strips the texts of a whole template in place.
  static void strip(Program template) {
    strip(template.draft(), true);
  }

  private static void strip(List<HandlebarsNode> body, boolean root) {
    for (int i = 0; i < body.size(); i++) {
      HandlebarsNode node = body.get(i);
      Wish wish = wish(node);
      if (wish == null) {
        continue;
      }
      boolean before = endsLine(body, i, root);
      boolean after = startsLine(body, i, root);
      if (wish.close()) {
        omitRight(body, i + 1, true);
      }
      if (wish.open()) {
        omitLeft(body, i - 1, true);
      }
      if (wish.inline() && before && after) {
        omitRight(body, i + 1, false);
        boolean indented = omitLeft(body, i - 1, false);
        if (indented && node instanceof HandlebarsNode.Partial partial) {
          body.set(i, partial.withIndent(indent(body.get(i - 1))));
        }
      }
      if (wish.openAlone() && before) {
        omitRight(first(node).draft(), 0, false);
        omitLeft(body, i - 1, false);
      }
      if (wish.closeAlone() && after) {
        omitRight(body, i + 1, false);
        List<HandlebarsNode> last = last(node).draft();
        omitLeft(last, last.size() - 1, false);
      }
    }
  }

  private static @Nullable Wish wish(HandlebarsNode node) {
    return switch (node) {
      case Content c -> null;
      case HandlebarsNode.Mustache m ->
          new Wish(m.strip().open(), m.strip().close(), false, false, false);
      case HandlebarsNode.Comment c ->
          new Wish(c.strip().open(), c.strip().close(), false, false, true);
      case HandlebarsNode.Partial p when p.block() == null ->
          new Wish(p.openStrip().open(), p.openStrip().close(), false, false, true);
      case HandlebarsNode.Partial p -> inside(p, null, p.openStrip(), null, p.closeStrip());
      case HandlebarsNode.Inline n -> inside(n, null, n.openStrip(), null, n.closeStrip());
      case Block b -> {
        Program inverse = b.program() == null ? null : b.inverse();
        yield inside(b, inverse, b.openStrip(), b.inverseStrip(), b.closeStrip());
      }
    };
  }

  /// Strips the inside of a block, and tells what it asks of the outside.
  private static Wish inside(
      HandlebarsNode node,
      @Nullable Program inverse,
      Strip open,
      @Nullable Strip between,
      Strip close) {
    Program program = first(node);
    strip(program.draft(), false);
    if (inverse != null) {
      strip(inverse.draft(), false);
    }
    Program otherwise = inverse != null && inverse.chained() ? chained(inverse) : inverse;
    List<HandlebarsNode> body = program.draft();
    List<HandlebarsNode> lastBody = otherwise == null ? body : otherwise.draft();
    Wish wish =
        new Wish(
            open.open(),
            close.close(),
            startsLine(body, -1, false),
            endsLine(lastBody, lastBody.size(), false),
            false);
    if (open.close()) {
      omitRight(body, 0, true);
    }
    if (otherwise != null) {
      separate(body, otherwise.draft(), between == null ? Strip.NONE : between);
    }
    if (close.open()) {
      omitLeft(lastBody, lastBody.size() - 1, true);
    }
    return wish;
  }

  /// Strips around an `else`.
  private static void separate(
      List<HandlebarsNode> body, List<HandlebarsNode> otherwise, Strip strip) {
    if (strip.open()) {
      omitLeft(body, body.size() - 1, true);
    }
    if (strip.close()) {
      omitRight(otherwise, 0, true);
    }
    if (endsLine(body, body.size(), false) && startsLine(otherwise, -1, false)) {
      omitLeft(body, body.size() - 1, false);
      omitRight(otherwise, 0, false);
    }
  }

  /// The inside of the block that an `else if` makes.
  private static Program chained(Program inverse) {
    return inverse.body().getFirst() instanceof Block block && block.program() != null
        ? block.program()
        : inverse;
  }

  private static Program first(HandlebarsNode node) {
    return part(node, true);
  }

  private static Program last(HandlebarsNode node) {
    return part(node, false);
  }

  private static Program part(HandlebarsNode node, boolean first) {
    Program part =
        switch (node) {
          case Block b when b.program() != null && (first || b.inverse() == null) -> b.program();
          case Block b -> b.inverse();
          case HandlebarsNode.Partial p -> p.block();
          case HandlebarsNode.Inline n -> n.program();
          default -> null;
        };
    if (part == null) {
      throw new IllegalStateException("no inside: " + node);
    }
    return part;
  }

  /// Whether only white space stands between a line break and the node at `i`.
  private static boolean endsLine(List<HandlebarsNode> body, int i, boolean root) {
    if (i < 1) {
      return root;
    }
    if (!(body.get(i - 1) instanceof Content content)) {
      return false;
    }
    String text = content.original();
    int at = text.length();
    while (at > 0 && isSpace(text.charAt(at - 1)) && text.charAt(at - 1) != '\n') {
      at--;
    }
    return at > 0 ? text.charAt(at - 1) == '\n' : i < 2 && root;
  }

  /// Whether only white space stands between the node at `i` and a line break.
  private static boolean startsLine(List<HandlebarsNode> body, int i, boolean root) {
    if (i + 1 >= body.size()) {
      return root;
    }
    if (!(body.get(i + 1) instanceof Content content)) {
      return false;
    }
    String text = content.original();
    int at = 0;
    while (at < text.length() && isSpace(text.charAt(at)) && text.charAt(at) != '\n') {
      at++;
    }
    return at < text.length() ? text.charAt(at) == '\n' : i + 2 >= body.size() && root;
  }

  /// @param all whether all white space goes, or only the rest of the line
  private static void omitRight(List<HandlebarsNode> body, int i, boolean all) {
    if (i >= body.size()
        || !(body.get(i) instanceof Content content)
        || (!all && content.rightStripped())) {
      return;
    }
    String text = content.value();
    int at = 0;
    while (at < text.length() && (all ? isSpace(text.charAt(at)) : isBlank(text.charAt(at)))) {
      at++;
    }
    if (!all) {
      at += text.startsWith("\r\n", at) ? 2 : text.startsWith("\n", at) ? 1 : 0;
    }
    body.set(i, content.withoutFirst(at));
  }

  private static boolean omitLeft(List<HandlebarsNode> body, int i, boolean all) {
    if (i < 0 || !(body.get(i) instanceof Content content) || (!all && content.leftStripped())) {
      return false;
    }
    String text = content.value();
    int at = text.length();
    while (at > 0 && (all ? isSpace(text.charAt(at - 1)) : isBlank(text.charAt(at - 1)))) {
      at--;
    }
    body.set(i, content.withoutLast(text.length() - at));
    return at < text.length();
  }

  /// The blanks at the end of what a text was.
  private static String indent(HandlebarsNode node) {
    String text = node instanceof Content content ? content.original() : "";
    int at = text.length();
    while (at > 0 && isBlank(text.charAt(at - 1))) {
      at--;
    }
    return text.substring(at);
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }

  /// Whether JavaScript's `\s` matches.
  static boolean isSpace(char c) {
    return (c >= 9 && c <= 13) || c == ' ' || c == 0xFEFF || (c >= 0xA0 && isUnicodeSpace(c));
  }

  private static boolean isUnicodeSpace(char c) {
    return Character.isSpaceChar(c);
  }
}
