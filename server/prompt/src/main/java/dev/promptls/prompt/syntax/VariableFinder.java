package dev.promptls.prompt.syntax;

import dev.promptls.prompt.text.ShiftedList;
import dev.promptls.prompt.text.Span;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds the variables that the tags of a template read.
final class VariableFinder {
  /// Names that are helpers when they begin a tag.
  static final Set<String> HELPERS =
      Set.of(
          "if",
          "unless",
          "each",
          "with",
          "lookup",
          "log",
          "json",
          "role",
          "history",
          "section",
          "media",
          "ifEquals",
          "unlessEquals");

  private static final Set<String> BUILT_IN_DATA =
      Set.of("@index", "@key", "@first", "@last", "@root");

  /// Blocks inside each other that are kept account of; what lies deeper counts to these.
  private static final int MAX_DEPTH = 64;

  private final List<VariableUse> found = new ArrayList<>();
  private final Deque<Block> blocks = new ArrayDeque<>();
  private int tooDeep;

  private final String text;

  private VariableFinder(String text) {
    this.text = text;
  }

  /// In source order.
  ///
  /// @param text of the file
  static ShiftedList<VariableUse> find(List<Tag> tags, String text) {
    VariableFinder finder = new VariableFinder(text);
    for (Tag tag : tags) {
      finder.visit(tag);
    }
    return ShiftedList.of(finder.found);
  }

  /// The variables after an edit of the tags.
  ///
  /// @param known those before it
  /// @param text after it
  static List<VariableUse> follow(List<VariableUse> known, TagEdit edit, String text) {
    if (!edit.sameBlocks() || !(known instanceof ShiftedList<VariableUse> before)) {
      return find(edit.after(), text);
    }
    VariableFinder finder = new VariableFinder(text);
    for (int i = 0; i < edit.from(); i++) {
      Tag tag = edit.after().raw(i);
      if (tag.kind() == Tag.Kind.OPEN && tag.match() != null && tag.match() >= edit.from()) {
        finder.enter(tag);
      }
    }
    int behind = edit.from() + edit.read().size();
    for (int i = edit.from(); i < behind; i++) {
      finder.visit(edit.after().get(i));
    }
    ShiftedList<Tag> tags = edit.before();
    int from = before.firstFrom(start(tags, edit.from()), use -> use.span().start());
    int to = before.firstFrom(start(tags, edit.to()), use -> use.span().start());
    return before.splice(from, to, finder.found, edit.growth());
  }

  private static int start(ShiftedList<Tag> tags, int index) {
    return index == tags.size() ? Integer.MAX_VALUE : tags.get(index).span().start();
  }

  private void visit(Tag tag) {
    switch (tag.kind()) {
      case COMMENT -> {}
      case CLOSE -> {
        if (tag.match() != null && tooDeep > 0) {
          tooDeep--;
        } else if (tag.match() != null) {
          blocks.poll();
        }
      }
      case ELSE -> arguments(tag);
      case PARTIAL -> arguments(tag);
      case EXPRESSION -> {
        boolean call = HELPERS.contains(tag.name()) || !tag.arguments().isEmpty();
        if (!call) {
          use(tag.name(), tag.nameSpan());
        }
        arguments(tag);
      }
      case OPEN -> open(tag);
    }
  }

  private boolean isHelper(Tag tag) {
    return HELPERS.contains(tag.name()) || !tag.arguments().isEmpty() || tag.opensPartial(text);
  }

  private void open(Tag tag) {
    if (!isHelper(tag)) {
      use(tag.name(), tag.nameSpan());
    }
    arguments(tag);
    enter(tag);
  }

  private void enter(Tag tag) {
    boolean helper = isHelper(tag);
    if (tag.match() != null && blocks.size() >= MAX_DEPTH) {
      tooDeep++;
    } else if (tag.match() != null) {
      String scope =
          switch (tag.name()) {
            case "each", "with" -> tag.first();
            default -> helper ? null : tag.name();
          };
      blocks.push(new Block(scope, tag.blockParameters(), inside(scope)));
    }
  }

  private void arguments(Tag tag) {
    for (Tag.Argument argument : tag.arguments()) {
      boolean helper = HELPERS.contains(argument.text()) && argument.key() == null;
      if (argument.path() && !helper) {
        use(argument.text(), argument.span());
      }
    }
  }

  private void use(String path, Span span) {
    String rest = path;
    List<String> scope = scopes();
    while (rest.startsWith("../")) {
      rest = rest.substring(3);
      scope = scope.subList(0, Math.max(0, scope.size() - 1));
    }
    if (rest.startsWith("this.") || rest.startsWith("this/") || rest.startsWith("./")) {
      rest = rest.substring(rest.startsWith("./") ? 2 : 5);
    } else if (local(rest, span)) {
      return;
    }
    if (rest.startsWith("@root.")) {
      rest = rest.substring(6);
      scope = List.of();
    }
    List<String> segments = segments(rest);
    if (segments.isEmpty() || BUILT_IN_DATA.contains(segments.getFirst())) {
      return;
    }
    found.add(new VariableUse(segments.getFirst(), segments, span, scope));
  }

  /// Whether a path begins with a block parameter; a field of a list's item is found as such.
  private boolean local(String path, Span span) {
    if (blocks.isEmpty()) {
      return false;
    }
    List<String> segments = segments(path);
    int outside = 0;
    for (Block block : blocks) {
      int parameter = segments.isEmpty() ? -1 : block.parameters().indexOf(segments.getFirst());
      if (parameter == 0 && segments.size() > 1 && block.scope() != null) {
        List<String> upTo = scopes().subList(0, scopes().size() - outside);
        List<String> field = segments.subList(1, segments.size());
        found.add(new VariableUse(field.getFirst(), field, span, upTo));
      }
      if (parameter >= 0) {
        return true;
      }
      outside += block.scope() == null ? 0 : 1;
    }
    return false;
  }

  /// What `this` is inside, outermost first.
  private List<String> scopes() {
    return blocks.isEmpty() ? List.of() : blocks.element().scopes();
  }

  /// The same inside another block.
  private List<String> inside(@Nullable String scope) {
    if (scope == null) {
      return scopes();
    }
    List<String> scopes = new ArrayList<>(scopes());
    scopes.add(scope);
    return scopes;
  }

  private static List<String> segments(String path) {
    List<String> segments = new ArrayList<>(1);
    int start = 0;
    for (int at = 0; at <= path.length(); at++) {
      if (at == path.length() || path.charAt(at) == '.' || path.charAt(at) == '/') {
        String name = unbracketed(path.substring(start, at));
        if (!name.isEmpty() && !(segments.isEmpty() && name.equals("this"))) {
          segments.add(name);
        }
        start = at + 1;
      }
    }
    return segments;
  }

  private static String unbracketed(String segment) {
    return segment.startsWith("[") && segment.endsWith("]")
        ? segment.substring(1, segment.length() - 1)
        : segment;
  }

  /// @param scope what `this` is inside, null if the block does not change it
  /// @param scopes the same of all blocks around it and its own, outermost first
  private record Block(@Nullable String scope, List<String> parameters, List<String> scopes) {
    Block {
      parameters = List.copyOf(parameters);
      scopes = List.copyOf(scopes);
    }
  }
}
