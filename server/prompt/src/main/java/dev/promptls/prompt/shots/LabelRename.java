package dev.promptls.prompt.shots;

import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.syntax.PromptReader;
import dev.promptls.prompt.text.Edits;
import dev.promptls.prompt.text.LineIndex;
import dev.promptls.prompt.text.Span;
import dev.promptls.prompt.text.TextEdit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Gives a label another name in all examples at once, and in the open block.
///
/// @param name as it is now
/// @param span where it was asked for
public record LabelRename(PromptFile file, Shots shots, String name, Span span) {
  private static final Pattern NAME = Pattern.compile("\\p{L}[\\p{L}\\p{N} _'-]{0,39}");

  /// The label at an offset of a prompt; null if there is none.
  public static @Nullable LabelRename at(PromptFile file, Shots shots, int offset) {
    for (Block block : blocks(shots)) {
      if (block.start() <= offset && offset <= block.end()) {
        for (Block.Field field : block.fields()) {
          Span name = name(file.text(), field);
          if (name != null && name.touches(offset)) {
            return new LabelRename(file, shots, field.name(), name);
          }
        }
      }
    }
    return null;
  }

  /// The labelled blocks of a prompt, the open one last.
  private static List<Block> blocks(Shots shots) {
    if (!(shots.layout() instanceof BlocksLayout layout)) {
      return List.of();
    }
    List<Block> blocks = new ArrayList<>(layout.blocks().examples());
    Block query = layout.blocks().query();
    if (query != null) {
      blocks.add(query);
    }
    return blocks;
  }

  /// Where the name of a field's label stands; null if it is not written there, as with arrows.
  private static @Nullable Span name(String text, Block.Field field) {
    int at = text.lastIndexOf(field.name(), field.head().end());
    boolean written =
        at >= field.head().start() && at + field.name().length() <= field.head().end();
    return written ? new Span(at, at + field.name().length()) : null;
  }

  /// Where the label stands, in source order.
  public List<Span> places() {
    return blocks(shots).stream()
        .flatMap(block -> block.fields().stream())
        .filter(field -> field.name().equals(name))
        .map(field -> name(file.text(), field))
        .filter(Objects::nonNull)
        .sorted()
        .toList();
  }

  /// The edits, in source order. They are tried first: the examples must be the same after them.
  public ShotEdit to(String given) {
    String now = given.strip();
    if (!NAME.matcher(now).matches()) {
      return new ShotEdit.Refused(
          "A label begins with a letter and holds letters, digits, blanks and hyphens, at most"
              + " 40.");
    }
    List<TextEdit> edits = new ArrayList<>();
    for (Block block : blocks(shots)) {
      for (Block.Field field : block.fields()) {
        if (field.name().equals(name)) {
          rename(field, block.end(), now, edits);
        }
      }
    }
    edits.sort(Comparator.comparing(TextEdit::span));
    return isSound(edits, now)
        ? new ShotEdit.Change(edits)
        : new ShotEdit.Refused(
            "Under the name " + now + " the examples would not be recognised; choose another.");
  }

  private void rename(Block.Field field, int end, String now, List<TextEdit> edits) {
    Span at = name(file.text(), field);
    if (at == null) {
      return;
    }
    edits.add(new TextEdit(at, now));
    String tag = Label.tagName(file.text(), field.head());
    int close = tag == null ? -1 : file.text().indexOf("</" + tag + ">", field.value().end());
    if (close >= 0 && close < end) {
      Span again = new Span(close + 2, close + 2 + name.length());
      edits.add(new TextEdit(again, now));
    }
  }

  private boolean isSound(List<TextEdit> edits, String now) {
    LineIndex text = LineIndex.of(Edits.apply(file.text(), edits));
    PromptFile edited = PromptReader.read(file.name(), text, file.format());
    Shots after = Shots.in(edited);
    if (after.examples().size() != shots.examples().size()) {
      return false;
    }
    for (Example example : after.examples()) {
      Example before = shots.examples().get(example.index());
      boolean same =
          example.output().equals(before.output())
              && List.copyOf(example.inputs().values())
                  .equals(List.copyOf(before.inputs().values()));
      if (!same) {
        return false;
      }
    }
    return blocks(after).getFirst().fields().stream().anyMatch(f -> f.name().equals(now));
  }
}
