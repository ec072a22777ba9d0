package dev.promptls.prompt.shots;

import dev.promptls.prompt.text.Span;
import dev.promptls.prompt.text.TextEdit;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Writes blocks inside a quoted string as the blocks that are there, with the string's escapes.
final class CodedWriter implements ExampleWriter {
  private final CodedLayout layout;
  private final BlocksWriter said;

  CodedWriter(CodedLayout layout) {
    this.layout = layout;
    this.said = new BlocksWriter(layout.said());
  }

  @Override
  public List<List<Span>> places() {
    return said.places().stream()
        .map(places -> places.stream().map(layout::source).toList())
        .toList();
  }

  @Override
  public List<TextEdit> remove(Set<Integer> indices) {
    return layout.written(said.remove(indices));
  }

  @Override
  public List<TextEdit> insert(int at, Row row) throws UnwritableException {
    return layout.written(said.insert(at, row));
  }

  @Override
  public Map<String, String> content(int index) {
    return said.content(index);
  }

  @Override
  public Map<String, String> content(Row row) throws UnwritableException {
    return said.content(row);
  }
}
