package dev.promptls.prompt.syntax;

import dev.promptls.prompt.syntax.JinjaWords.Kind;
import dev.promptls.prompt.syntax.JinjaWords.Word;
import dev.promptls.prompt.text.Span;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Tells which variables of a prompt the words of its Jinja tags read, and which names the template
/// itself gives a meaning.
final class JinjaVariables {
  private static final Set<String> KEYWORDS =
      Set.of(
          "and",
          "or",
          "not",
          "in",
          "is",
          "if",
          "else",
          "true",
          "false",
          "none",
          "null",
          "True",
          "False",
          "None",
          "recursive");

  /// Blocks inside each other that are kept account of; what lies deeper counts to these.
  private static final int MAX_DEPTH = 64;

  private final List<VariableUse> found = new ArrayList<>();
  private final Deque<Block> blocks = new ArrayDeque<>();
  private final Set<String> global = new HashSet<>();
  private int tooDeep;

  /// @param names what is no input inside the block
  /// @param list what a loop goes over, null for other blocks
  private record Block(Set<String> names, @Nullable String item, @Nullable String list) {}

  List<VariableUse> found() {
    return found;
  }

  /// Enters a block.
  ///
  /// @param targets the names that it gives a meaning
  /// @param list what it loops over
  void open(
      String name, List<String> targets, Tag.@Nullable Argument list, JinjaWords.Result words) {
    if (blocks.size() >= MAX_DEPTH) {
      tooDeep++;
      return;
    }
    Set<String> names = new HashSet<>(targets);
    switch (name) {
      case "for" -> names.add("loop");
      case "macro" -> {
        set(List.of(words.at(1).text()));
        names.addAll(List.of("caller", "varargs", "kwargs"));
        addNames(words, 2, names);
      }
      case "call", "with" -> addNames(words, 1, names);
      case "set" -> set(List.of(words.at(1).text()));
      default -> {}
    }
    String item = targets.size() == 1 ? targets.getFirst() : null;
    blocks.push(new Block(names, item, list == null ? null : list.text()));
  }

  void close() {
    if (tooDeep > 0) {
      tooDeep--;
    } else {
      blocks.poll();
    }
  }

  /// Names that the template sets from here on.
  void set(List<String> names) {
    Block inner = blocks.peek();
    (inner == null ? global : inner.names()).addAll(names);
  }

  /// The paths that the words from an index on read, in order.
  List<Tag.Argument> read(JinjaWords.Result words, int from) {
    List<Tag.Argument> paths = new ArrayList<>();
    int i = from;
    while (i < words.words().size()) {
      if (!isVariable(words, i)) {
        i++;
        continue;
      }
      List<String> path = new ArrayList<>();
      path.add(words.at(i).text());
      int last = i;
      for (int next = step(words, last, path); next > last; next = step(words, last, path)) {
        last = next;
      }
      Span span = words.at(i).span().union(words.at(last).span());
      paths.add(new Tag.Argument(null, span, String.join(".", path), true));
      use(path, span);
      i = last + 1;
    }
    return paths;
  }

  private static boolean isVariable(JinjaWords.Result words, int i) {
    Word word = words.at(i);
    if (word.kind() != Kind.NAME || KEYWORDS.contains(word.text())) {
      return false;
    }
    Word before = words.at(i - 1);
    boolean test = before.is("is") || (before.is("not") && words.at(i - 2).is("is"));
    Word after = words.at(i + 1);
    boolean named = after.is("=") && !words.at(i + 2).is("=");
    return !before.is("|") && !before.is(".") && !test && !named && !after.is("(");
  }

  /// Reads the next `.name` or `["name"]` of a path; gives the index of its last word.
  private static int step(JinjaWords.Result words, int at, List<String> path) {
    Word sign = words.at(at + 1);
    Word part = words.at(at + 2);
    if (sign.is(".") && part.kind() == Kind.NAME && !words.at(at + 3).is("(")) {
      path.add(part.text());
      return at + 2;
    }
    boolean literal = part.kind() == Kind.STRING || part.kind() == Kind.NUMBER;
    if (sign.is("[") && literal && words.at(at + 3).is("]")) {
      path.add(part.text());
      return at + 3;
    }
    return at;
  }

  private void use(List<String> path, Span span) {
    String root = path.getFirst();
    int outside = 0;
    for (Block block : blocks) {
      if (block.names().contains(root)) {
        if (root.equals(block.item()) && block.list() != null && path.size() > 1) {
          List<String> lists = lists();
          List<String> field = path.subList(1, path.size());
          List<String> scope = lists.subList(0, lists.size() - outside);
          found.add(new VariableUse(field.getFirst(), field, span, scope));
        }
        return;
      }
      outside += block.list() == null ? 0 : 1;
    }
    if (!global.contains(root)) {
      found.add(new VariableUse(root, path, span, List.of()));
    }
  }

  /// What the loops around this place go over, outermost first.
  private List<String> lists() {
    List<String> lists = new ArrayList<>();
    for (Iterator<Block> i = blocks.descendingIterator(); i.hasNext(); ) {
      String list = i.next().list();
      if (list != null) {
        lists.add(list);
      }
    }
    return lists;
  }

  /// The index of the first word that is a sign or keyword, or -1.
  static int indexOf(JinjaWords.Result words, String text) {
    for (int i = 0; i < words.words().size(); i++) {
      if (words.at(i).is(text)) {
        return i;
      }
    }
    return -1;
  }

  /// The names between a statement's keyword and an index.
  static List<String> targets(JinjaWords.Result words, int end) {
    List<String> targets = new ArrayList<>();
    for (int i = 1; i < end; i++) {
      if (words.at(i).kind() == Kind.NAME && !words.at(i - 1).is(".")) {
        targets.add(words.at(i).text());
      }
    }
    return targets;
  }

  /// Parameters and assigned names: what stands before `=`, `,` or `)`.
  private static void addNames(JinjaWords.Result words, int from, Set<String> names) {
    for (int i = from; i < words.words().size(); i++) {
      Word after = words.at(i + 1);
      boolean ends = after.is("=") || after.is(",") || after.is(")") || after.text().isEmpty();
      if (words.at(i).kind() == Kind.NAME && ends && !words.at(i - 1).is("=")) {
        names.add(words.at(i).text());
      }
    }
  }
}
