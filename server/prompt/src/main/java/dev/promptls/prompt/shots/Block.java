package dev.promptls.prompt.shots;

import dev.promptls.prompt.text.Shiftable;
import dev.promptls.prompt.text.Span;
import java.util.List;

/// Labelled parts that belong together: `Q: …` and `A: …`, or the two sides of `x -> y`.
///
/// @param fields in order, at least one
record Block(List<Field> fields) implements Shiftable<Block> {
  Block {
    fields = List.copyOf(fields);
  }

  /// One labelled part.
  ///
  /// @param name of the label, without numbers and marks
  /// @param head from the start of the part to the end of its label
  /// @param value without white space at its borders; empty behind the label if there is none
  record Field(String name, Span head, Span value) {
    boolean isOpen() {
      return value.isEmpty();
    }
  }

  @Override
  public Block shifted(int by, int index) {
    if (by == 0) {
      return this;
    }
    Field[] moved = fields.toArray(new Field[0]);
    for (int i = 0; i < moved.length; i++) {
      Field field = moved[i];
      moved[i] = new Field(field.name(), field.head().shift(by), field.value().shift(by));
    }
    return new Block(List.of(moved));
  }

  int start() {
    return fields.getFirst().head().start();
  }

  int end() {
    Field last = fields.getLast();
    return Math.max(last.head().end(), last.value().end());
  }

  Field last() {
    return fields.getLast();
  }
}
