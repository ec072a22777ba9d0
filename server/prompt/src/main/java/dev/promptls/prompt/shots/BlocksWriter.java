package dev.promptls.prompt.shots;

import dev.promptls.prompt.text.Span;
import dev.promptls.prompt.text.TextEdit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Writes labelled blocks and lines `x -> y` as the blocks that are there.
final class BlocksWriter implements ExampleWriter {
  private final BlocksLayout layout;
  private final String text;
  private final List<Block> blocks;
  private final BlockNumbers numbers;

  BlocksWriter(BlocksLayout layout) {
    this.layout = layout;
    this.text = layout.file().text();
    this.blocks = layout.blocks().examples();
    this.numbers = BlockNumbers.of(text, layout.blocks());
  }

  @Override
  public List<List<Span>> places() {
    return blocks.stream()
        .map(block -> block.fields().stream().map(Block.Field::value).toList())
        .toList();
  }

  @Override
  public List<TextEdit> remove(Set<Integer> indices) {
    List<TextEdit> edits = new ArrayList<>();
    boolean kept = false;
    for (int i = 0; i < blocks.size(); i++) {
      if (!indices.contains(i)) {
        kept = true;
      } else {
        edits.add(new TextEdit(removed(i, kept), ""));
      }
    }
    edits.addAll(numbers.without(indices));
    return edits;
  }

  /// A block with what parts it from the one before, or from the one behind if none is left before.
  private Span removed(int index, boolean after) {
    Block block = blocks.get(index);
    if (after) {
      int before = blocks.get(index - 1).end();
      return new Span(isSeparator(before, block.start()) ? before : block.start(), block.end());
    }
    int next = next(index);
    return new Span(block.start(), isSeparator(block.end(), next) ? next : block.end());
  }

  private int next(int index) {
    if (index + 1 < blocks.size()) {
      return blocks.get(index + 1).start();
    }
    Block query = layout.blocks().query();
    return query == null ? blocks.get(index).end() : query.start();
  }

  private boolean isSeparator(int from, int to) {
    for (int i = from; i < to; i++) {
      if ("-=#*_~ \t\r\n".indexOf(text.charAt(i)) < 0) {
        return false;
      }
    }
    return true;
  }

  @Override
  public List<TextEdit> insert(int at, Row row) throws UnwritableException {
    String separator = layout.blocks().separator();
    List<TextEdit> edits = new ArrayList<>(numbers.withOneAt(at));
    if (at == 0) {
      String block = written(blocks.getFirst(), row, numbers.head(0, 0));
      edits.add(new TextEdit(Span.at(blocks.getFirst().start()), block + separator));
    } else {
      String block = written(blocks.get(at - 1), row, numbers.head(at - 1, at));
      edits.add(new TextEdit(Span.at(blocks.get(at - 1).end()), separator + block));
    }
    return edits;
  }

  /// A row as a block is written.
  ///
  /// @param heads the labels' texts
  private String written(Block like, Row row, List<String> heads) throws UnwritableException {
    Map<String, String> values = content(row);
    StringBuilder written = new StringBuilder();
    List<Block.Field> fields = like.fields();
    for (int i = 0; i < fields.size(); i++) {
      Block.Field field = fields.get(i);
      int before = like.before(i);
      String value = values.getOrDefault(field.name(), "");
      refuseBreaking(field.name(), value);
      written
          .append(text, before, like.opening(i).start())
          .append(heads.get(i))
          .append(field.isOpen() ? " " : text.substring(field.head().end(), field.value().start()))
          .append(value.replace("\n", eol()));
    }
    return written.append(text, like.last().value().end(), like.end()).toString();
  }

  /// Refuses what would be read as more or other blocks than one.
  private void refuseBreaking(String name, String value) throws UnwritableException {
    if (value.isEmpty()) {
      throw new UnwritableException(
          "An example written as these needs something behind " + name + ".");
    }
    String separator = layout.separator();
    if (value.contains(separator) && !layout.isClosed()) {
      throw new UnwritableException(
          separator.isBlank() && separator.indexOf('\n') != separator.lastIndexOf('\n')
              ? name + " holds a blank line, which here ends an example; take it out."
              : name + " holds what here ends an example; take it out.");
    }
    List<String> labels = blocks.getFirst().fields().stream().map(Block.Field::name).toList();
    for (String line : value.lines().toList()) {
      Label label = Label.at(line, new Span(0, line.length()));
      if (label != null && labels.contains(label.name())) {
        throw new UnwritableException(
            name + " holds a line that begins with " + label.name() + ": itself; reword it.");
      }
    }
  }

  private String eol() {
    return text.contains("\r\n") ? "\r\n" : "\n";
  }

  @Override
  public Map<String, String> content(int index) {
    Map<String, String> content = new LinkedHashMap<>();
    for (Block.Field field : blocks.get(index).fields()) {
      content.put(field.name(), Row.normal(field.value().of(text)));
    }
    return content;
  }

  /// What is written behind each label.
  @Override
  public Map<String, String> content(Row given) throws UnwritableException {
    Row row = given.normal();
    List<Block.Field> fields = blocks.getFirst().fields();
    List<Block.Field> asked = fields.subList(0, fields.size() - 1);
    boolean labelledReasoning = asked.stream().anyMatch(f -> Reasoning.isLabel(f.name()));
    boolean only = asked.size() - (labelledReasoning ? 1 : 0) == 1;
    SequencedMap<String, String> content = new LinkedHashMap<>();
    for (Block.Field field : asked) {
      String value =
          Reasoning.isLabel(field.name()) ? row.reasoning() : row.input(field.name(), only);
      if (value == null) {
        throw new UnwritableException(
            "The example says nothing for " + field.name() + ", which the others have.");
      }
      content.put(field.name(), value);
    }
    String answer = labelledReasoning ? row.output() : Reasoning.joined(row, like());
    content.put(fields.getLast().name(), answer);
    return content;
  }

  private @Nullable String like() {
    for (Block block : blocks) {
      Span value = block.last().value();
      if (Reasoning.split(text, value).reasoning() != null) {
        return value.of(text);
      }
    }
    return null;
  }
}
