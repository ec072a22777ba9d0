package dev.promptls.prompt.shots;

import dev.promptls.prompt.text.Span;
import dev.promptls.prompt.text.TextEdit;
import java.util.List;
import java.util.Set;

/// How the examples of one file are written, so that they can be changed. What it gives is tried
/// out by [ShotEdits] before anybody sees it.
sealed interface ExampleWriter
    permits BlocksWriter, CodedWriter, LoopWriter, MessagesWriter, RowsWriter {
  /// For each example the stretches that hold what it says; as many for each. To let two examples
  /// change places is to exchange what stands in them.
  List<List<Span>> places();

  /// Edits that take examples away with what parts them from others.
  List<TextEdit> remove(Set<Integer> indices) throws UnwritableException;

  /// Edits that write an example before another one, or behind the last. Taking it away again gives
  /// the text as it was.
  List<TextEdit> insert(int at, Row row) throws UnwritableException;

  /// What an example of the file says, to be compared with others of its shape.
  Object content(int index);

  /// What a row would say in this shape, to be compared with [#content].
  Object content(Row row) throws UnwritableException;
}
