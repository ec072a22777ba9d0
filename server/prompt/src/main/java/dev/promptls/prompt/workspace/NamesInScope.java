package dev.promptls.prompt.workspace;

import dev.promptls.prompt.syntax.Format;
import dev.promptls.prompt.syntax.InputDeclaration;
import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.syntax.Tag;
import dev.promptls.prompt.syntax.VariableUse;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The names that a template may read at one of its places: fields of the blocks around it, what
/// these blocks call so, and the inputs.
public final class NamesInScope {
  private static final List<String> LOOP_FIELDS =
      List.of("loop.index", "loop.index0", "loop.first", "loop.last", "loop.length");

  private final PromptFile file;
  private final int offset;
  private final Map<String, Name> names = new LinkedHashMap<>();

  private NamesInScope(PromptFile file, int offset) {
    this.file = file;
    this.offset = offset;
  }

  /// Where a name comes from, the nearest first.
  public enum Origin {
    /// Of the item or object that the innermost block is about, or of the value before the dot.
    FIELD,
    /// A name that a block gives: `as |item|`, `for item in items`.
    BLOCK,
    /// `this`, `@index`, `loop.index`.
    CONTEXT,
    INPUT
  }

  /// @param name as it is written there, with what stands before the dot
  /// @param path of the input, null where it is none
  public record Name(String name, Origin origin, @Nullable List<String> path) {}

  /// A block around the place.
  ///
  /// @param path that names in it are looked up in, or that its own names stand for; null if that
  ///   cannot be told
  private record Block(Tag tag, @Nullable List<String> path) {}

  /// The names at an offset, nearest first.
  ///
  /// @param typed what stands before the offset of the name that is being written
  public static List<Name> at(PromptFile file, int offset, String typed) {
    NamesInScope scope = new NamesInScope(file, offset);
    int dot = typed.lastIndexOf('.');
    Deque<Block> blocks = scope.blocks();
    if (dot > 0) {
      scope.fieldsOf(typed.substring(0, dot), blocks);
    } else {
      scope.all(blocks);
    }
    return List.copyOf(scope.names.values());
  }

  /// The blocks that are open at the place, innermost first.
  public static List<Tag> openBlocks(PromptFile file, int offset) {
    Deque<Tag> open = new ArrayDeque<>();
    for (Tag tag : file.tags()) {
      int end = tag.span().end();
      // What ends at the place without its braces is still being written.
      if (end > offset || (end == offset && file.text().charAt(end - 1) != '}')) {
        break;
      }
      if (tag.kind() == Tag.Kind.OPEN) {
        open.push(tag);
      } else if (tag.kind() == Tag.Kind.CLOSE && !open.isEmpty()) {
        open.pop();
      }
    }
    return List.copyOf(open);
  }

  private Deque<Block> blocks() {
    Deque<Block> blocks = new ArrayDeque<>();
    for (Tag tag : openBlocks(file, offset).reversed()) {
      if (isAboutSomething(tag)) {
        blocks.push(new Block(tag, path(tag.first(), blocks)));
      }
    }
    return blocks;
  }

  private static boolean isAboutSomething(Tag tag) {
    return tag.name().equals("each") || tag.name().equals("with") || tag.name().equals("for");
  }

  private boolean isHandlebars() {
    return file.format() == Format.DOTPROMPT;
  }

  /// The path of the input that a written name means.
  private @Nullable List<String> path(String written, Deque<Block> blocks) {
    List<String> path = InputPaths.scope(List.of(written));
    if (path == null || path.isEmpty()) {
      return written.equals("this") && !blocks.isEmpty() ? blocks.peek().path() : path;
    }
    for (Block block : blocks) {
      int named = block.tag().blockParameters().indexOf(path.getFirst());
      if (named >= 0) {
        return named > 0 && isHandlebars()
            ? null
            : joined(block.path(), path.subList(1, path.size()));
      }
    }
    boolean inside = isHandlebars() && !blocks.isEmpty() && file.input(path.getFirst()) == null;
    return inside ? joined(blocks.peek().path(), path) : path;
  }

  private static @Nullable List<String> joined(@Nullable List<String> path, List<String> more) {
    if (path == null) {
      return null;
    }
    List<String> all = new ArrayList<>(path);
    all.addAll(more);
    return all;
  }

  private void fieldsOf(String written, Deque<Block> blocks) {
    List<String> path = path(written, blocks);
    if (written.equals("loop") && !isHandlebars() && !blocks.isEmpty()) {
      LOOP_FIELDS.forEach(name -> add(name, Origin.CONTEXT, null));
    } else if (path != null && !path.isEmpty()) {
      fields(path, written + ".");
    }
  }

  private void all(Deque<Block> blocks) {
    Block inner = blocks.peek();
    if (inner != null && isHandlebars() && inner.path() != null) {
      fields(inner.path(), "");
    }
    for (Block block : blocks) {
      List<String> given = block.tag().blockParameters();
      given.forEach(name -> add(name, Origin.BLOCK, block.path()));
    }
    if (inner != null) {
      boolean loop = !inner.tag().name().equals("with");
      List<String> context =
          isHandlebars()
              ? loop ? List.of("this", "@index", "@first", "@last", "@key") : List.of("this")
              : LOOP_FIELDS;
      context.forEach(name -> add(name, Origin.CONTEXT, null));
    }
    for (InputDeclaration input : file.inputs()) {
      add(input.name(), Origin.INPUT, List.of(input.name()));
    }
    for (VariableUse use : file.variables()) {
      if (use.isTopLevel() && !use.span().touches(offset)) {
        add(use.name(), Origin.INPUT, List.of(use.name()));
      }
    }
  }

  /// The fields of an input: those that are declared or have values, and those that are read.
  private void fields(List<String> path, String before) {
    for (Declarations.Place place : Declarations.in(file)) {
      field(place.path(), path, before);
    }
    for (VariableUse use : file.variables()) {
      List<String> read = use.span().touches(offset) ? null : InputPaths.of(use);
      if (read != null) {
        field(read, path, before);
      }
    }
  }

  private void field(List<String> path, List<String> above, String before) {
    if (path.size() > above.size() && InputPaths.startsWith(path, above)) {
      List<String> field = path.subList(0, above.size() + 1);
      add(before + field.getLast(), Origin.FIELD, field);
    }
  }

  private void add(String name, Origin origin, @Nullable List<String> path) {
    names.putIfAbsent(name, new Name(name, origin, path == null ? null : List.copyOf(path)));
  }
}
