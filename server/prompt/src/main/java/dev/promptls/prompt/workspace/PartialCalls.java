package dev.promptls.prompt.workspace;

import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.syntax.Tag;
import dev.promptls.prompt.text.Span;
import dev.promptls.prompt.vocabulary.Vocabulary;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The calls of partials in a file, with what each is given.
final class PartialCalls {
  /// Blocks inside each other that are kept account of; what lies deeper counts to these.
  private static final int MAX_DEPTH = 64;

  private final PromptFile file;
  private final Deque<Block> blocks = new ArrayDeque<>();
  private final List<Call> calls = new ArrayList<>();

  private PartialCalls(PromptFile file) {
    this.file = file;
  }

  /// A call and its tag.
  record Call(PartialUse use, Tag tag) {
    /// The name, without the folders before it.
    Span lastName() {
      int slash = use.name().lastIndexOf('/') + 1;
      return new Span(tag.nameSpan().start() + slash, tag.nameSpan().end());
    }

    /// Where a key of the call is written; null if it is not passed.
    @Nullable Span key(String key, String text) {
      for (Tag.Argument argument : tag.arguments()) {
        if (key.equals(argument.key())) {
          int start = text.lastIndexOf(key, argument.span().start() - 1);
          return start < tag.span().start() ? null : new Span(start, start + key.length());
        }
      }
      return null;
    }
  }

  /// @param scope what `this` is inside; null if the block does not change it
  /// @param match the index of the tag that closes it
  private record Block(@Nullable String scope, List<String> parameters, int match) {}

  static List<Call> in(PromptFile file) {
    PartialCalls finder = new PartialCalls(file);
    List<Tag> tags = file.tags();
    for (int i = 0; i < tags.size(); i++) {
      finder.visit(tags.get(i), i);
    }
    return finder.calls;
  }

  private void visit(Tag tag, int index) {
    while (!blocks.isEmpty() && blocks.peek().match() <= index) {
      blocks.pop();
    }
    boolean block = tag.opensPartial(file.text());
    if ((tag.kind() == Tag.Kind.PARTIAL || block) && isPlain(tag)) {
      calls.add(new Call(use(tag), tag));
    } else if (tag.kind() == Tag.Kind.OPEN && tag.match() != null && blocks.size() < MAX_DEPTH) {
      blocks.push(new Block(scope(tag), tag.blockParameters(), tag.match()));
    }
  }

  /// A name in parentheses is worked out when rendered.
  private boolean isPlain(Tag tag) {
    int before = tag.nameSpan().start() - 1;
    return !tag.name().isEmpty()
        && file.text().startsWith(tag.name(), tag.nameSpan().start())
        && file.text().charAt(before) != '(';
  }

  private @Nullable String scope(Tag tag) {
    boolean helper =
        Vocabulary.helper(file.format(), tag.name()) != null || !tag.arguments().isEmpty();
    return switch (tag.name()) {
      case "each", "with" -> tag.first();
      default -> helper ? null : tag.name();
    };
  }

  private PartialUse use(Tag tag) {
    List<String> base = InputPaths.scope(scopes());
    Map<String, List<String>> keys = new HashMap<>();
    for (Tag.Argument argument : tag.arguments()) {
      List<String> path = argument.path() ? path(argument.text()) : List.of();
      if (argument.key() == null) {
        base = path == null || !argument.path() ? null : path;
      } else {
        keys.put(argument.key(), path == null ? List.of() : path);
      }
    }
    return new PartialUse(tag.name(), base, keys);
  }

  /// The whole path of an argument; null if it cannot be told.
  private @Nullable List<String> path(String written) {
    String first = written.split("[./]", 2)[0];
    int outside = 0;
    for (Block block : blocks) {
      int parameter = block.parameters().indexOf(first);
      if (parameter == 0 && block.scope() != null) {
        List<String> all = scopes();
        List<String> upTo = new ArrayList<>(all.subList(0, all.size() - outside));
        upTo.add(written.substring(first.length()));
        return InputPaths.scope(upTo);
      }
      if (parameter >= 0) {
        return null;
      }
      outside += block.scope() == null ? 0 : 1;
    }
    if (written.startsWith("@root.")) {
      return InputPaths.scope(List.of(written.substring("@root.".length())));
    }
    List<String> all = new ArrayList<>(scopes());
    all.add(written);
    return InputPaths.scope(all);
  }

  private List<String> scopes() {
    List<String> scopes = new ArrayList<>();
    for (Iterator<Block> i = blocks.descendingIterator(); i.hasNext(); ) {
      String scope = i.next().scope();
      if (scope != null) {
        scopes.add(scope);
      }
    }
    return scopes;
  }
}
